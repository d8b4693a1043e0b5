import Datasets
import LinAlg
import Models
import Poisoning
import TestSupport
import Testing

/// Near and far against the scores of the single-problem engines.
struct MarginFlipTests {
  /// Scores n × K of the clean rows, standardised by hand.
  private static func scores(_ base: TrainingSet, _ kind: SurrogateKind) throws -> Matrix<Double> {
    let x = Scaler(.standard, fittedTo: base.features).transform(base.features)
    let problem = Problem(features: x, labels: base.labels, classCount: base.classCount)
    let k = base.classCount
    var scores = Matrix<Double>(rows: base.count, columns: k)
    switch kind {
    case .softmax:
      // ln p is the logit up to a number that all classes share.
      let theta = try SoftmaxRegression().fitSoftmax(problem).coefficients
      for row in 0..<base.count {
        for c in 0..<k {
          scores[row, c] = (0..<x.columns).reduce(theta[c, x.columns]) {
            $0 + theta[c, $1] * x[row, $1]
          }
        }
      }
    case .linearSVM, .rbfSVM:
      let model = try SupportVectorClassifier(
        kernel: kind == .linearSVM ? .linear : .rbf(gamma: .scale)
      ).fitSVM(problem)
      let decisions = model.decisionValues(x)
      for row in 0..<base.count {
        for (index, machine) in model.machines.enumerated() {
          scores[row, machine.positive] += decisions[row, index]
          scores[row, machine.negative] -= decisions[row, index]
        }
      }
    }
    return scores
  }

  @Test(arguments: [EmbeddedDataset.iris, .wine, .breastCancer], SurrogateKind.allCases)
  func ranksByMargin(_ set: EmbeddedDataset, _ kind: SurrogateKind) throws {
    let dataset = set.load()
    let split = try Split.stratified(dataset, validationShare: 0.25, seed: 2)
    let base = TrainingSet(dataset, rows: split.train)
    let scores = try Self.scores(base, kind)
    // Softmax ends at a gradient of 1e-8 in either engine, where scores agree to 1e-5 at least;
    // support vector machines are the same bits up to the order of sums of n terms.
    let slack = kind == .softmax ? 1e-5 : 1e-10
    let ranks = { (row: Int, own: Int) in
      (0..<base.classCount).filter { $0 != own }.map { scores[row, $0] }
    }
    let margins = try (0..<base.count).map { row in
      scores[row, base.labels[row]] - (try #require(ranks(row, base.labels[row]).max()))
    }
    for preference in ["near", "far"] {
      let attack = try AttackCatalog.attack(
        "\(preference):surrogate=\(kind.rawValue)", for: dataset)
      let patch = attack.patch(base, count: base.count, key: .standard, seed: 2)
      for (a, b) in zip(patch.rows, patch.rows.dropFirst()) {
        let rise = preference == "near" ? margins[b] - margins[a] : margins[a] - margins[b]
        #expect(rise >= -slack)
      }
      for (row, label) in zip(patch.rows, try #require(patch.labels)) {
        let others = ranks(row, base.labels[row])
        let wanted = try #require(preference == "near" ? others.max() : others.min())
        #expect(label != base.labels[row] && abs(scores[row, label] - wanted) <= slack)
      }
    }
  }

  /// Equal rows have equal margins and keep the common order.
  @Test(arguments: SurrogateKind.allCases)
  func tiesKeepTheCommonOrder(_ kind: SurrogateKind) throws {
    let dataset = try Dataset(
      name: "equal",
      features: Matrix(rows: 20, columns: 1, elements: (0..<20).map { Double($0 % 2) }),
      labels: (0..<20).map { $0 % 2 }, classNames: ["a", "b"], featureNames: ["x"], targetName: "t")
    for seed in 0..<UInt32(4) {
      let exposure = Exposure(
        TrainingSet(dataset, rows: Array(0..<20)), key: .standard, seed: seed)
      for preference in ["near", "far"] {
        let attack = try AttackCatalog.attack(
          "\(preference):surrogate=\(kind.rawValue)", for: dataset)
        let rows = attack.patch(exposure, count: 20).rows
        for label in 0..<2 {
          #expect(rows.filter { $0 % 2 == label } == exposure.order.filter { $0 % 2 == label })
        }
      }
    }
  }

  /// Sets beyond the second-level cache go to the engines of single problems.
  @Test(arguments: [SurrogateKind.softmax, .linearSVM])
  func largeSetsAreRankedByMargin(_ kind: SurrogateKind) throws {
    let exposure = try gaussianExposure(classCount: 2, rows: 4_400, features: 2, seed: 17)
    let base = exposure.training
    let scores = try Self.scores(base, kind)
    let patch = MarginFlip(.near, surrogate: try Surrogate(kind)).patch(exposure, count: 4_400)
    let margins = patch.rows.map { scores[$0, base.labels[$0]] - scores[$0, 1 - base.labels[$0]] }
    #expect(zip(margins, margins.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
    #expect(patch.labels == patch.rows.map { 1 - base.labels[$0] })
  }
}
