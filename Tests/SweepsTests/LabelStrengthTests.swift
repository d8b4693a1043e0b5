import Datasets
import LinAlg
import Models
import Poisoning
import Statistics
import Sweeps
import TestSupport
import Testing

/// The order of strength of label flips against support vector machines, as it was published.
///
/// ALFA, far flips and clusters are to be well above random and near ones at 20 % of the training
/// rows: Xiao, Biggio, Nelson, Xiao, Eckert, Roli, "Support vector machines under adversarial label
/// contamination", Neurocomputing 160 (2015). The data here are others.
///
/// Measured accuracies in percent. Half of the rows train: 65 of wine, which stands with its first
/// two classes, under 200 seeds; 284 of breast cancer under 40. The attacker's kernel is the
/// victim's, C = 1, gamma = scale.
///
///                            flip  near   far  cluster  alfa
///     wine, linear           87.8  89.0  80.9    74.9   72.3
///     wine, RBF              95.3  94.5  92.8    77.5   79.4
///     breast cancer, linear  92.6  92.0  70.2    74.8   71.8
///     breast cancer, RBF     95.0  92.5  88.6    75.4   75.2
///
/// One part of the order is not beyond doubt: far against near on wine with an RBF kernel, 1.8
/// points, is -0.4 to 3.9 at 99.9 %. Against a bounded kernel far rows have little leverage.
struct LabelStrengthTests {
  private static func dataset(_ embedded: EmbeddedDataset) throws -> Dataset {
    let all = embedded.load()
    guard embedded == .wine else { return all }
    let rows = all.labels.indices.filter { all.labels[$0] < 2 }
    return try Dataset(
      name: "wine", features: all.features.selectingRows(rows), labels: rows.map { all.labels[$0] },
      classNames: Array(all.classNames.prefix(2)), featureNames: all.featureNames,
      targetName: all.targetName)
  }

  @Test(
    .enabled(if: isOptimizedBuild, "takes thousands of fits"), .tags(.slow),
    arguments: [EmbeddedDataset.wine, .breastCancer], ["linear-svm", "rbf-svm"])
  func strongFlipsBeatWeakOnes(_ embedded: EmbeddedDataset, _ kind: String) throws {
    let dataset = try Self.dataset(embedded)
    let surrogate = "surrogate=\(kind)"
    let attacks = [
      "flip", "near:\(surrogate)", "far:\(surrogate)", "cluster:\(surrogate),tries=20",
      "alfa:\(surrogate)",
    ]
    let study = try Study(
      dataset: dataset, validationShare: 0.5,
      conditions: attacks.map { text in
        Condition(
          attack: try AttackCatalog.attack(text, for: dataset), level: try PoisonLevel(0.2))
      }, models: [try ModelChoice(kind)])
    var correct = attacks.map { _ in [Int]() }
    StudyEngine(study, threads: 2).run(seedCount: embedded == .wine ? 200 : 40) { block in
      for (index, cell) in block.cells.enumerated() { correct[index] += cell.correct.map(Int.init) }
      return true
    }
    for strong in 2...4 {
      for weak in 0...1
      where !(embedded == .wine && kind == "rbf-svm" && strong == 2 && weak == 1) {
        var difference = RunningMoments()
        for (a, b) in zip(correct[weak], correct[strong]) {
          difference.add(Double(a - b) / Double(study.validationCount))
        }
        let interval = try #require(difference.interval(confidence: 0.999))
        #expect(interval.lower > 0, "\(attacks[strong]) against \(attacks[weak])")
      }
    }
  }
}
