import Datasets
import Defenses
import LinAlg
import Models
import Poisoning
import Sweeps
import TestSupport
import Testing

/// What is said of the privacy of released models, against somebody who replaces one row.
struct PrivacyStatementTests {
  private static let mechanisms = [
    "dp-sgd:epsilon=0.5,steps=20", "objective-perturbation:epsilon=0.5",
  ]

  /// How features are scaled, and whether a promise can be kept so.
  private static let scalings: [(kind: ScalerKind, policy: ScalerPolicy, isKept: Bool)] = [
    (.standard, .poisoned, false), (.standard, .trusted, false), (.standard, .vouched, true),
    (.robust, .vouched, true), (.none, .poisoned, true),
  ]

  private static func study(
    _ dataset: Dataset, _ defense: String, _ kind: ScalerKind, _ policy: ScalerPolicy
  ) throws -> Study {
    try Study(
      dataset: dataset, trustedShare: 0.1, scaler: kind, scalerPolicy: policy,
      conditions: [.clean(defense: DefenseCatalog.chain(defense, for: dataset))],
      models: [ModelChoice("softmax")])
  }

  /// Iris with one of its rows far from all others, which no value may depend on much.
  private static func iris(moved row: Int?) throws -> Dataset {
    let iris = EmbeddedDataset.iris.load()
    var features = iris.features
    if let row { for column in 0..<4 { features[row, column] = 5e5 } }
    return try Dataset(
      name: "iris", features: features, labels: iris.labels, classNames: iris.classNames,
      featureNames: iris.featureNames, targetName: iris.targetName)
  }

  /// What is printed withstands the audit; what is not, because the scaler shows the row, does not.
  @Test(arguments: mechanisms, scalings)
  func everyPromiseWithstandsAnAudit(
    _ defense: String, _ scaling: (kind: ScalerKind, policy: ScalerPolicy, isKept: Bool)
  ) throws {
    let row = 60
    var scales: [[Double]] = []
    var counts: [[Double]] = []
    var statement: PrivacyStatement?
    for dataset in [try Self.iris(moved: nil), try Self.iris(moved: row)] {
      let study = try Self.study(dataset, defense, scaling.kind, scaling.policy)
      var released: [(scale: Double, correct: Double)] = []
      for seed in 0..<UInt32(170) {
        let split = study.trial(study.conditions[0], seed: seed).split
        guard split.train.contains(row) else { continue }
        let fit = try #require(Fit(study, study.conditions[0], study.models[0], seed: seed))
        statement = fit.privacy
        released.append((fit.trial.scaler.scale[0], Double(fit.result.confusion.correct)))
      }
      scales.append(released.map(\.scale))
      counts.append(released.map(\.correct))
    }
    let said = try #require(statement)
    #expect(said.asked.epsilon == 0.5 && (said.guarantee != nil) == scaling.isKept)
    let bound = max(
      PrivacyAudit.lowerBound(scales[0], scales[1], delta: said.asked.delta),
      PrivacyAudit.lowerBound(counts[0], counts[1], delta: said.asked.delta))
    #expect((bound > 0.5) == !scaling.isKept, "\(bound)")
  }

  @Test(arguments: mechanisms)
  func rowsThatAreChosenHaveNoPromise(_ defense: String) throws {
    let chain = try DefenseCatalog.chain("lof+trim+\(defense)", for: EmbeddedDataset.iris.load())
    let both = try #require(PrivacyStatement(chain, scaler: .standard, policy: .poisoned))
    #expect(both.obstacles == [.scaler(.standard), .rowDefenses(["lof", "trim"])])
    let one = try #require(PrivacyStatement(chain, scaler: .standard, policy: .vouched))
    #expect(one.obstacles == [.rowDefenses(["lof", "trim"])] && one.guarantee == nil)
  }

  @Test func fitsThatDidNotEndHaveNoPromise() throws {
    let chain = try DefenseCatalog.chain(Self.mechanisms[1], for: EmbeddedDataset.iris.load())
    let statement = PrivacyStatement(chain, scaler: .none, policy: .poisoned, hasEnded: false)
    #expect(statement?.obstacles == [.unfinishedFit])
  }

  @Test(arguments: ["none", "lof", "gce"])
  func otherDefensesSayNothing(_ defense: String) throws {
    let chain = try DefenseCatalog.chain(defense, for: EmbeddedDataset.iris.load())
    #expect(PrivacyStatement(chain, scaler: .none, policy: .poisoned) == nil)
  }

  /// Of one seed the split is the same, and the noise is another each time.
  @Test(arguments: mechanisms)
  func secretFitsDiffer(_ defense: String) throws {
    let study = try Self.study(try Self.iris(moved: nil), defense, .standard, .vouched)
    let fits = try [false, false, true, true].map { isSecret in
      try #require(
        Fit(study, study.conditions[0], study.models[0], seed: 4, secretly: isSecret))
    }
    let scores = fits.map(\.evaluation.prediction.scores.elements)
    #expect(scores[0] == scores[1] && scores[1] != scores[2] && scores[2] != scores[3])
    #expect(fits.map(\.trial.split).allSatisfy { $0 == fits[0].trial.split })
    #expect(fits.map(\.privacy?.isSecret) == [false, false, true, true])
    let plain = try Self.study(try Self.iris(moved: nil), "gce", .standard, .vouched)
    #expect(plain.learner(plain.models[0], in: plain.conditions[0], seed: 0, secretly: true) == nil)
  }

  @Test func vouchedRowsMustBeThere() throws {
    let iris = EmbeddedDataset.iris.load()
    for source in [RowSource.split, .generator(.gaussian, pool: 60, validation: 30)] {
      let error = #expect(throws: SweepsError.self) {
        try Study(
          dataset: iris, trustedShare: source.grows ? 0.1 : 0, scalerPolicy: .vouched,
          source: source, conditions: [.clean()], models: [])
      }
      guard case .noVouchedRows(source.grows) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}
