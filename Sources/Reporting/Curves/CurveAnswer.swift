import Analyses
import Poisoning
import Statistics
import Sweeps

/// The answer of a study of curves in three sentences: what poison costs, which defence buys it back, how
/// many more clean rows would.
///
/// They are about the model that is best without poison and the attack that costs it most, at the lowest
/// level at which that loss is sure; tables have the rest.
enum CurveAnswer {
  /// The sentences; none without answers.
  static func sentences(_ answers: [PoisonAnswer], prices: Prices? = nil) -> [String] {
    let plain = answers.filter { $0.defense == "none" }
    guard let best = plain.max(by: { $0.cleanAccuracy.value < $1.cleanAccuracy.value })?.model
    else { return [] }
    let own = plain.filter { $0.model == best }
    let sure = own.filter { $0.loss.interval.lower > 0 }
    let level = sure.map(\.level).min() ?? own.map(\.level).max()
    guard
      let worst = own.filter({ $0.level == level }).max(by: { $0.loss.value < $1.loss.value })
    else { return [] }
    let defended = answers.filter {
      $0.model == best && $0.attack == worst.attack && $0.level == worst.level
        && $0.defense != "none"
    }.max { ($0.gain?.value ?? 0) < ($1.gain?.value ?? 0) }
    return [
      cost(worst), defence(worst, defended, answers), rows(worst, defended, prices, answers),
    ]
  }

  private static func cost(_ answer: PoisonAnswer) -> String {
    let subject =
      "With \(Numbers.grouped(answer.rows)) rows of which \(answer.level) are poisoned "
      + "(\(answer.attack)), \(answer.model)"
    guard answer.loss.interval.lower > 0 else {
      return
        "\(subject) loses nothing that \(CurveText.points(answer.loss)) points of accuracy tell "
        + "from chance."
    }
    var text =
      "\(subject) loses \(CurveText.points(answer.loss)) points of accuracy, from "
      + "\(Numbers.percent(answer.cleanAccuracy.value)) to "
      + "\(Numbers.percent(answer.accuracy.value)) %"
    if let lost = answer.lostRows, let harm = answer.harm {
      text +=
        ": \(Numbers.percent(lost.value)) because rows are missing, "
        + "\(Numbers.percent(harm.value)) because those in their place mislead"
    }
    return text + "."
  }

  private static func defence(
    _ answer: PoisonAnswer, _ best: PoisonAnswer?, _ answers: [PoisonAnswer]
  ) -> String {
    guard answers.contains(where: { $0.defense != "none" }) else {
      return "No defence was tried."
    }
    guard let best, let gain = best.gain, gain.interval.lower > 0 else {
      return "None of the defences tried gives back accuracy that is sure not to be chance."
    }
    let share = answer.loss.value > 0 ? gain.value / answer.loss.value : 0
    return "Of the defences tried \(best.defense) buys back most: \(CurveText.points(gain)) points"
      + (share > 0 ? ", \(Numbers.percent(min(share, 1), 0)) % of the loss." : ".")
  }

  private static func rows(
    _ answer: PoisonAnswer, _ defended: PoisonAnswer?, _ prices: Prices?,
    _ answers: [PoisonAnswer]
  ) -> String {
    guard let factor = answer.factor() else { return "" }
    let sentence = { (answer: PoisonAnswer, factor: Estimate) in
      "\(CurveText.rows(factor.value, of: answer.rows, reach: answer.reach)) clean rows "
        + "(\(CurveText.factor(factor, reach: answer.reach)))"
    }
    var text = "To be where clean data would be, it takes \(sentence(answer, factor)) more"
    if let defended, let gain = defended.gain, gain.interval.lower > 0,
      let less = defended.factor()
    {
      text += ", or \(sentence(defended, less)) with that defence"
    }
    if let prices, let offer = Offer.all(for: answer, among: answers, prices).first {
      text += "; at these prices the cheapest is to \(offer.action), for \(offer.costText)"
    }
    return text + "."
  }
}
