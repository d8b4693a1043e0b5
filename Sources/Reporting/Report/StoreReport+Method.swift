import Analyses
import Store
import Sweeps

/// How the numbers of a report came to be.
extension StoreReport {
  static func method(_ surface: AccuracySurface?) -> Answer.Section {
    var texts = [
      "A seed draws the rows, the order in which they are poisoned and the values they get. All cells of "
        + "one seed share them, so differences are paired. Models are judged on clean rows that neither "
        + "attack nor model sees."
    ]
    if let surface {
      texts += [
        "Sets are nested: rows are added to the \(Numbers.grouped(surface.base)) that the attack got, and "
          + "no set is drawn anew. Between sizes accuracy is taken as straight, after pooling to a rising "
          + "sequence, unless it falls significantly somewhere. Nothing is read off beyond the largest size.",
        "Intervals are percentiles of 2,000 resamples of the seeds, each taking the same seeds in every "
          + "cell. What resamples do not reach is beyond the largest size.",
        "R is the share of clean rows to add for the accuracy without poison; γ is ln(n_eff/n)/ln(1 − p), "
          + "with n_eff the clean rows that would be as good; clean for 1 poisoned is R/p − 1. Loss is "
          + "split by a control that deletes the same rows. A loss that falls slower than n^−0.25 is called "
          + "bias.",
      ]
    } else {
      texts.append("Intervals of means are Student's t over seeds, at 95 %.")
    }
    return Answer.Section("Method", [.text(texts)])
  }

  static func provenance(_ plan: StoredPlan, _ seeds: Int) -> Answer.Section {
    var table = Table([.text("what"), .text("value")])
    let facts = [
      ("plan (SHA-256)", plan.digest),
      ("data", "\(plan.datasetName), SHA-256 \(plan.datasetDigest)"),
      ("seeds", "\(plan.firstSeed) to \(Int(plan.firstSeed) + max(seeds, 1) - 1)"),
      ("training rows of a seed", "\(plan.trainingCount)"),
      ("validation rows of a seed", "\(plan.validationCount)"),
      (
        "program",
        "\(plan.program) \(plan.programVersion), results of version \(plan.engineVersion)"
      ),
      ("store made", plan.createdAt),
      ("processor", "\(plan.processorName), \(plan.coreCount) cores"),
    ]
    for (what, value) in facts { table.append([.text(what), .text(value)]) }
    return Answer.Section(
      "Where the numbers come from", [.table(table), .details("The plan in full", [plan.identity])])
  }
}
