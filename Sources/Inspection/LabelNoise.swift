import LinAlg
import Statistics

/// How labels come of classes: T_cy is the probability that a row of class c is labelled y.
///
/// Where models are surest of a row, its label tells whether it was changed: there classes do not overlap. So
/// the rate of wrong labels is the share of the surest rows whose label is not the most probable class,
/// and the labels that those have say what becomes of each class. A likelihood alone cannot tell wrong labels
/// from classes that overlap, because a model that is flexible enough takes either for the other.
///
/// It rests on labels being changed whatever the features of a row are; changes that keep to the border of
/// two classes are not seen.
struct LabelNoise: Sendable {
  /// T, K × K.
  let transition: [Double]

  /// How many of the surest rows have a label that is not their most probable class.
  let wrongCount: Double

  /// Number of the surest rows.
  let count: Double

  /// What the rate of all classes weighs beside that of one, in rows.
  private static let priorWeight = 30.0

  /// The largest share of a class whose labels are wrong; beyond it nothing tells which are.
  private static let largestRate = 0.5

  /// What speaks against a rate that is not that of the surest rows: how much less likely it makes their
  /// labels, as a logarithm.
  let penalty: Double

  /// The shares of wrong labels in each class, before they are bounded.
  private let rates: [Double]

  /// What the wrong labels of each class are in proportion to, K × K.
  private let others: [Double]

  /// No label is wrong, as far as is known.
  init(classCount k: Int) {
    self.init(
      rates: Array(repeating: 0.0005, count: k), others: Array(repeating: 1, count: k * k), 0, 1)
  }

  /// The noise of labels by the probabilities (n × K) of the classes of their rows.
  init(_ labels: [Int], _ p: [Double], classCount k: Int) {
    let n = labels.count
    let best = (0..<n).map { Distribution.mode(p, $0, classCount: k) }
    let surest = Array(0..<n).sorted {
      let (a, b) = (p[$0 * k + best[$0]], p[$1 * k + best[$1]])
      return a > b || (a == b && $0 < $1)
    }
    let all = Self.surest(surest) { best[$0] != labels[$0] }
    // What was not seen once in so many rows may be there half a time.
    let rate = (all.wrong + 0.5) / (all.count + 1)
    var rates = [Double](repeating: 0, count: k)
    var others = [Double](repeating: 1 / Double(max(k - 1, 1)), count: k * k)
    for label in 0..<k {
      let rows = surest.filter { best[$0] == label }
      let own = Self.surest(rows) { best[$0] != labels[$0] }
      rates[label] = (own.wrong + Self.priorWeight * rate) / (own.count + Self.priorWeight)
      for row in rows.prefix((rows.count + 1) / 2) where labels[row] != label {
        others[label * k + labels[row]] += 1
      }
    }
    self.init(rates: rates, others: others, all.wrong, all.count)
  }

  /// T of the rate of each class, times a factor, and of what its wrong labels are in proportion to.
  private init(
    rates: [Double], times factor: Double = 1, others: [Double], _ wrongCount: Double,
    _ count: Double
  ) {
    let k = rates.count
    var transition = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      let rate = min(rates[c] * factor, Self.largestRate)
      let sum = (0..<k).reduce(0) { $1 == c ? $0 : $0 + others[c * k + $1] }
      for y in 0..<k {
        transition[c * k + y] = y == c ? 1 - rate : rate * others[c * k + y] / max(sum, 1e-300)
      }
    }
    let seen = (wrongCount + 0.5) / (count + 1)
    let rate = min(factor * seen, Self.largestRate)
    penalty =
      wrongCount * Lanes.log(seen / rate)
      + (count - wrongCount) * Lanes.log((1 - seen) / (1 - rate))
    (self.transition, self.rates, self.others) = (transition, rates, others)
    (self.wrongCount, self.count) = (wrongCount, count)
  }

  /// The same with fewer and more wrong labels.
  ///
  /// Of a few surest rows, the wrong ones say little of the rate; what the labels of all others are likeliest
  /// under then has a say.
  var alternatives: [LabelNoise] { [0.4, 0.6, 0.8, 1, 1.25, 1.6, 2.4].map(scaled) }

  private func scaled(by factor: Double) -> LabelNoise {
    LabelNoise(rates: rates, times: factor, others: others, wrongCount, count)
  }

  /// How many of the surest rows have a wrong label.
  ///
  /// They are the surest half; where the share a of wrong ones is less in the surest quarter by more than
  /// chance, the half reaches into where classes overlap, and the quarter does less so: then they are what
  /// the line through both shares comes to at the surest row, 2·a_quarter − a_half.
  private static func surest(
    _ rows: [Int], _ isWrong: (Int) -> Bool
  ) -> (wrong: Double, count: Double) {
    let half = (rows.count + 1) / 2
    let quarter = (rows.count + 3) / 4
    let inQuarter = rows.prefix(quarter).count(where: isWrong)
    let inHalf = inQuarter + rows[quarter..<max(half, quarter)].count(where: isWrong)
    guard half > quarter else { return (Double(inHalf), Double(half)) }
    let share = Double(inHalf) / Double(half)
    let error = (share * (1 - share) / Double(quarter)).squareRoot()
    let least = Double(inQuarter) / Double(quarter)
    guard share - least > error else { return (Double(inHalf), Double(half)) }
    return (max(2 * least - share, 0) * Double(quarter), Double(quarter))
  }

  /// Whether labels may have nothing to do with the rows, as far as the surest ones tell: then which are wrong
  /// cannot be told.
  var isHopeless: Bool {
    let k = Double(rates.count)
    return interval.upper >= 0.9 * (k - 1) / k
  }

  /// The share of wrong labels that the surest rows allow, with 95 % confidence.
  var interval: Interval {
    BinomialInterval.wilson(share: wrongCount / max(count, 1), of: max(Int(count), 1))
  }
}
