import Documents
import LinAlg
import Models
import TestSupport
import Testing

/// Training sets at the edge: what every model must answer without a crash.
@Suite struct DegenerateTests {
  static let kinds = ModelCatalog.names

  private func fit(_ kind: String, _ problem: Problem) throws -> any Model {
    try ModelChoice(kind).learner.fit(problem, threads: 1)
  }

  @Test(arguments: kinds) func oneClassIsPredictedAlways(_ kind: String) throws {
    let problem = Problem(
      features: normalMatrix(9, 2, seed: 1), labels: Array(repeating: 2, count: 9), classCount: 4)
    let model = try fit(kind, problem)
    #expect(model.report.outcome == .constant)
    let prediction = model.predict(normalMatrix(5, 2, seed: 2), threads: 1)
    #expect(prediction.classes == [2, 2, 2, 2, 2])
    #expect(prediction.scores.rows == 5 && prediction.scores.columns == 4)
  }

  @Test(arguments: kinds) func oneRowIsEnough(_ kind: String) throws {
    let problem = Problem(
      features: Matrix(rows: 1, columns: 3, repeating: 7), labels: [1], classCount: 2)
    let prediction = try fit(kind, problem).predict(normalMatrix(2, 3, seed: 2), threads: 1)
    #expect(prediction.classes == [1, 1])
  }

  @Test(arguments: kinds) func noRowPredictsClassZero(_ kind: String) throws {
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

  @Test(arguments: kinds) func constantFeaturesGiveTheMajority(_ kind: String) throws {
    let problem = Problem(
      features: Matrix(rows: 7, columns: 2, repeating: 3), labels: [1, 1, 1, 1, 1, 0, 2],
      classCount: 3)
    let model = try fit(kind, problem)
    #expect(model.report.hasConverged)
    let prediction = model.predict(Matrix(rows: 1, columns: 2, repeating: 3), threads: 1)
    #expect(prediction.classes == [1])
  }

  @Test(arguments: kinds) func largeValuesEndWithAnAnswer(_ kind: String) throws {
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

  @Test(arguments: ["softmax", "linear-svm"]) func overflowIsReported(
    _ kind: String
  ) throws {
    let problem = Problem(
      features: Matrix(rows: 4, columns: 1, elements: [1.7e308, -1.7e308, 1e308, -1e308]),
      labels: [0, 1, 0, 1], classCount: 2)
    let report = try fit(kind, problem).report
    #expect(!report.hasConverged, "\(report)")
  }

  @Test(arguments: kinds) func predictingNothingIsNothing(_ kind: String) throws {
    let model = try fit(kind, cloud(30, 2))
    #expect(model.predict(Matrix(rows: 0, columns: 2), threads: 1).classes.isEmpty)
  }

  @Test(arguments: kinds) func parametersAreChecked(_ kind: String) {
    let bad =
      kind == "knn"
      ? ["n_neighbors=0", "n_neighbors=-3"]
      : ["C=0", "C=-1", "C=nan", "C=inf", "tol=0"] + (kind == "rbf-svm" ? ["gamma=-1"] : [])
    for parameter in bad {
      #expect(throws: SpecificationError.self) { try ModelChoice("\(kind):\(parameter)") }
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
