package import Analyses
import Poisoning
import Statistics
import Sweeps

/// The answer of a study of curves in three sentences: what poison costs, what defences give back, how many
/// more clean rows would.
///
/// Each says of which case it speaks, an attack at a level against a model, and what is so in how many of all
/// cases. Their case is the model that is best without poison and the attack that costs it most, at the lowest
/// level at which that loss is sure; tables have the rest. Sure is what has a 95 % interval on one side of 0.
package enum CurveAnswer {
  /// The sentences; none without answers.
  package static func sentences(_ answers: [PoisonAnswer], prices: Prices? = nil) -> [String] {
    let plain = answers.filter { $0.defense == "none" }
    guard let best = plain.max(by: { $0.cleanAccuracy.value < $1.cleanAccuracy.value })?.model
    else { return [] }
    let own = plain.filter { $0.model == best }
    let level = own.filter { $0.loss.isAbove0 }.map(\.level).min() ?? own.map(\.level).max()
    guard
      let worst = own.filter({ $0.level == level }).max(by: { $0.loss.value < $1.loss.value })
    else { return [] }
    return [
      cost(worst, plain), defence(worst, plain, answers.filter { $0.gain != nil }),
      rows(worst, plain, prices, answers),
    ]
  }

  private static func cost(_ answer: PoisonAnswer, _ plain: [PoisonAnswer]) -> String {
    let points = CurveText.points(answer.loss)
    var text =
      "With \(Numbers.grouped(answer.rows)) rows of which \(answer.level) are poisoned "
      + "(\(answer.attack)), \(answer.model) "
    if answer.loss.isAbove0 {
      text +=
        "loses \(points) points of accuracy, from \(Numbers.percent(answer.cleanAccuracy.value)) to "
        + "\(Numbers.percent(answer.accuracy.value)) %"
      if let lost = answer.lostRows, let harm = answer.harm {
        text +=
          ": \(Numbers.percent(lost.value)) because rows are missing, "
          + "\(Numbers.percent(harm.value)) because those in their place mislead"
      }
    } else {
      text += "loses \(points) points of accuracy, which is not sure to be a loss"
    }
    guard plain.count > 1 else { return text + "." }
    return text + "; a loss is sure in \(plain.count { $0.loss.isAbove0 }) of \(plain.count) cases "
      + "of attack, level and model."
  }

  private static func defence(
    _ answer: PoisonAnswer, _ plain: [PoisonAnswer], _ defended: [PoisonAnswer]
  ) -> String {
    guard !defended.isEmpty else { return "No defence was tried." }
    let count =
      "\(defended.count) \(defended.count == 1 ? "case" : "cases") of defence, attack, level and model"
    let given = defended.filter { $0.gain?.isAbove0 == true }
    let most = { (answers: [PoisonAnswer]) in
      answers.max { ($0.gain?.value ?? 0) < ($1.gain?.value ?? 0) }
    }
    var text =
      "None of the defences tried surely gives accuracy back, in \(count)"
    if let best = most(given) {
      text =
        "Defences surely give accuracy back in \(given.count) of \(count), most "
        + gift(best, plain)
      if !best.isSameCase(as: answer) {
        let own = most(given.filter { $0.isSameCase(as: answer) })
        text +=
          "; for \(answer.caseName) "
          + (own.map { "most \(gift($0, plain, namesCase: false))" } ?? "none surely does")
      }
    }
    let harmful = defended.filter { ($0.gain?.interval.upper ?? 0) < 0 }
    if !harmful.isEmpty { text += "; in \(harmful.count) they surely cost accuracy" }
    return text + "."
  }

  /// What a defence gives back, of what is lost without it.
  private static func gift(
    _ answer: PoisonAnswer, _ plain: [PoisonAnswer], namesCase: Bool = true
  ) -> String {
    guard let gain = answer.gain else { return "" }
    let loss = plain.first { $0.isSameCase(as: answer) }?.loss.value ?? 0
    let share =
      loss <= 0
      ? ""
      : gain.value >= loss
        ? ", all of the loss" : ", \(Numbers.percent(gain.value / loss, 0)) % of the loss"
    return "by \(answer.defense)\(namesCase ? " for \(answer.caseName)" : ""): "
      + "\(CurveText.points(gain)) points\(share)"
  }

  private static func rows(
    _ answer: PoisonAnswer, _ plain: [PoisonAnswer], _ prices: Prices?, _ answers: [PoisonAnswer]
  ) -> String {
    guard let factor = answer.factor() else { return "" }
    let sentence = { (answer: PoisonAnswer, factor: Estimate) in
      "\(CurveText.rows(factor.value, of: answer.rows, reach: answer.reach)) clean rows "
        + "(\(CurveText.factor(factor, reach: answer.reach)))"
    }
    var text =
      "To be where clean data would be, \(answer.caseName) takes \(sentence(answer, factor)) more"
    let defended = answers.filter { $0.isSameCase(as: answer) && $0.gain?.isAbove0 == true }
      .max { ($0.gain?.value ?? 0) < ($1.gain?.value ?? 0) }
    if let defended, let less = defended.factor() {
      text += ", or \(sentence(defended, less)) with \(defended.defense)"
    }
    if let prices, let offer = Offer.all(for: answer, among: answers, prices).first {
      text += "; at these prices the cheapest is to \(offer.action), for \(offer.costText)"
    }
    guard plain.count > 1 else { return text + "." }
    let reached = plain.count { $0.factor()?.value.isFinite == true }
    return text
      + "; as many as were added suffice in \(reached) of \(plain.count) cases of attack, level and model."
  }
}

extension PoisonAnswer {
  /// The model, level and attack it is about, such as `knn at 30 % (flip)`.
  var caseName: String { "\(model) at \(level) (\(attack))" }

  func isSameCase(as other: PoisonAnswer) -> Bool {
    model == other.model && level == other.level && attack == other.attack
  }
}

extension Estimate {
  /// Whether it is surely above 0.
  fileprivate var isAbove0: Bool { interval.lower > 0 }
}
