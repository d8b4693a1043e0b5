import LinAlg
import Models
import TestSupport
import Testing

/// Training sets at the edge: what every model must answer without a crash.
@Suite struct DegenerateTests {
  static let kinds = ModelKind.allCases

  private func fit(_ kind: ModelKind, _ problem: Problem) throws -> any Model {
    try kind.learner(Hyperparameters()).fit(problem, threads: 1)
  }

  @Test(arguments: kinds) func oneClassIsPredictedAlways(_ kind: ModelKind) throws {
    let problem = Problem(
      features: normalMatrix(9, 2, seed: 1), labels: Array(repeating: 2, count: 9), classCount: 4)
    let model = try fit(kind, problem)
    #expect(model.report.outcome == .constant)
    let prediction = model.predict(normalMatrix(5, 2, seed: 2), threads: 1)
    #expect(prediction.classes == [2, 2, 2, 2, 2])
    #expect(prediction.scores.rows == 5 && prediction.scores.columns == 4)
  }

  @Test(arguments: kinds) func oneRowIsEnough(_ kind: ModelKind) throws {
    let problem = Problem(
      features: Matrix(rows: 1, columns: 3, repeating: 7), labels: [1], classCount: 2)
    let prediction = try fit(kind, problem).predict(normalMatrix(2, 3, seed: 2), threads: 1)
    #expect(prediction.classes == [1, 1])
  }

  @Test(arguments: kinds) func noRowPredictsClassZero(_ kind: ModelKind) throws {
    let empty = Problem(features: Matrix(rows: 0, columns: 3), labels: [], classCount: 3)
    let weightless = Problem(
      features: normalMatrix(4, 3, seed: 1), labels: [0, 1, 2, 1], weights: [0, 0, 0, 0],
      classCount: 3)
    for problem in [empty, weightless] {
      let model = try fit(kind, problem)
      #expect(model.report.outcome == .constant)
      #expect(model.predict(normalMatrix(2, 3, seed: 2), threads: 1).classes == [0, 0])
    }
  }

  @Test(arguments: kinds) func constantFeaturesGiveTheMajority(_ kind: ModelKind) throws {
    let problem = Problem(
      features: Matrix(rows: 7, columns: 2, repeating: 3), labels: [1, 1, 1, 1, 1, 0, 2],
      classCount: 3)
    let model = try fit(kind, problem)
    #expect(model.report.hasConverged)
    let prediction = model.predict(Matrix(rows: 1, columns: 2, repeating: 3), threads: 1)
    #expect(prediction.classes == [1])
  }

  @Test(arguments: kinds) func largeValuesEndWithAnAnswer(_ kind: ModelKind) throws {
    for size in [1e100, 1e160, 1e300, 1.7e308, .leastNonzeroMagnitude] {
      let problem = Problem(
        features: Matrix(rows: 4, columns: 1, elements: [size, -size, size / 2, -size / 2]),
        labels: [0, 1, 0, 1], classCount: 2)
      let model = try fit(kind, problem)
      let report = model.report
      #expect(
        report.outcome != .converged || (report.residual.isFinite && report.objective.isFinite))
      let prediction = model.predict(
        Matrix(rows: 1, columns: 1, elements: [size]), threads: 1)
      #expect((0...1).contains(prediction.classes[0]))
    }
  }

  @Test(arguments: [ModelKind.softmax, .linearSVM]) func overflowIsReported(
    _ kind: ModelKind
  ) throws {
    let problem = Problem(
      features: Matrix(rows: 4, columns: 1, elements: [1.7e308, -1.7e308, 1e308, -1e308]),
      labels: [0, 1, 0, 1], classCount: 2)
    let report = try fit(kind, problem).report
    #expect(!report.hasConverged, "\(report)")
  }

  @Test(arguments: kinds) func predictingNothingIsNothing(_ kind: ModelKind) throws {
    let model = try fit(kind, cloud(30, 2))
    #expect(model.predict(Matrix(rows: 0, columns: 2), threads: 1).classes.isEmpty)
  }

  @Test(arguments: kinds) func parametersAreChecked(_ kind: ModelKind) {
    let bad: [Hyperparameters] =
      kind == .kNN
      ? [Hyperparameters(neighborCount: 0), Hyperparameters(neighborCount: -3)]
      : [
        Hyperparameters(c: 0), Hyperparameters(c: -1), Hyperparameters(c: .nan),
        Hyperparameters(c: .infinity), Hyperparameters(tolerance: 0),
      ]
    for parameters in bad {
      #expect(throws: ModelsError.self) { try kind.learner(parameters) }
    }
    if kind == .rbfSVM {
      #expect(throws: ModelsError.self) {
        try kind.learner(Hyperparameters(gamma: .value(-1)))
      }
    }
  }

  @Test func problemsOfUnequalPartsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Problem(features: Matrix(rows: 2, columns: 1), labels: [0], classCount: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Problem(features: Matrix(rows: 1, columns: 1), labels: [3], classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Problem(
        features: Matrix(rows: 1, columns: 1), labels: [0], weights: [-1], classCount: 2)
    }
  }
}
