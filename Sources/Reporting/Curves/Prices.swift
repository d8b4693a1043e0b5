import Analyses
import Poisoning
import Statistics
import Sweeps

/// What clean rows and defences cost, in any currency.
public struct Prices: Sendable, Equatable {
  /// A clean row.
  public let row: Double

  /// A defence, once.
  public let defense: Double

  /// To find out of one row whether it is poisoned.
  public let verification: Double

  /// Prices.
  public init(row: Double, defense: Double, verification: Double) {
    (self.row, self.defense, self.verification) = (row, defense, verification)
  }
}

/// One way to the accuracy that clean data would give, and its price.
struct Offer {
  let action: String

  /// Its cost with its interval; ∞ where no size that was measured does.
  let cost: Double
  let interval: Interval

  /// The cost as tables show it.
  var costText: String {
    let text = { (value: Double) in value.isFinite ? Numbers.fixed(value, 0) : "–" }
    guard cost.isFinite else { return "not reached" }
    return "\(text(cost)) [\(text(interval.lower)), \(text(interval.upper))]"
  }

  /// The ways for an answer without a defence, cheapest first.
  static func all(
    for answer: PoisonAnswer, among answers: [PoisonAnswer], _ prices: Prices
  ) -> [Offer] {
    let n = Double(answer.rows)
    let buying = { (answer: PoisonAnswer, fixed: Double, prefix: String) -> Offer? in
      answer.factor().map { factor in
        let cost = { (value: Double) in
          value.isFinite ? (value * n).rounded(.up) * prices.row + fixed : value
        }
        let rows = CurveText.rows(factor.value, of: answer.rows, reach: answer.reach)
        return Offer(
          action: "\(prefix)buy \(rows) rows", cost: cost(factor.value),
          interval: Interval(from: cost(factor.interval.lower), to: cost(factor.interval.upper)))
      }
    }
    var offers = [buying(answer, 0, "")].compactMap { $0 }
    offers += answers.filter {
      $0.attack == answer.attack && $0.level == answer.level && $0.model == answer.model
        && $0.defense != "none"
    }.compactMap { buying($0, prices.defense, "deploy \($0.defense), ") }
    // Without its poisoned rows a set is short of as many clean ones.
    let lost = (answer.level.share * n).rounded(.up)
    let verified = n * prices.verification + lost * prices.row
    offers.append(
      Offer(
        action:
          "verify all \(Numbers.grouped(answer.rows)) rows, buy \(Numbers.grouped(Int(lost)))",
        cost: verified, interval: Interval(from: verified, to: verified)))
    return offers.sorted { $0.cost < $1.cost }
  }
}
