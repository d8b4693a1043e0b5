import Datasets
import Documents
import LinAlg
import Models
import Poisoning
import StudySupport
import Sweeps
import Testing

struct StudyTests {
  private static let iris = EmbeddedDataset.iris.load()

  private static func study(
    share: Double = 0.2, attack: String = "uniform", level: Double = 0.1, neighbors: Int = 5
  ) throws -> Study {
    try Study(
      dataset: iris, validationShare: share,
      conditions: conditions([attack], [level], for: iris),
      models: [try ModelChoice("knn:n_neighbors=\(neighbors)")])
  }

  @Test func countsItsRows() throws {
    let study = try Self.study()
    #expect(study.trainingCount == 120 && study.validationCount == 30)
    #expect(study.scaler == .standard && study.scalerPolicy == .poisoned)
  }

  @Test func takesAtMostAsManyNeighborsAsRows() throws {
    #expect(try Self.study(neighbors: 120).models[0].name == "knn:n_neighbors=120")
    let error = try #require(throws: SweepsError.self) { try Self.study(neighbors: 121) }
    guard case .tooManyNeighbors(121, trainingCount: 120) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(
      error.description
        == "n_neighbors cannot be 121: the split leaves 120 training rows; it must be from 1 to 120"
    )
  }

  @Test func otherModelsDoNotMindNeighbors() throws {
    let choice = try ModelChoice("softmax", defaults: ["n_neighbors": "999"])
    let study = try Study(dataset: Self.iris, conditions: [], models: [choice])
    #expect(study.models[0].name == "softmax")
  }

  @Test(arguments: [("uniform", 1.0), ("flip", 0.996), ("relabel", 1), ("out-of-range", 1)])
  func levelsLeaveACleanRow(_ attack: String, _ level: Double) throws {
    let error = try #require(throws: SweepsError.self) {
      try Self.study(attack: attack, level: level)
    }
    guard case .poisoning(.noCleanRow(_, rowCount: 120)) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.hasSuffix("use a lower level"))
  }

  @Test func budgetsAreWithinReach() throws {
    // 80 of 120 training rows are of other classes.
    #expect(throws: Never.self) { try Self.study(attack: "relabel", level: 80.0 / 120) }
    let error = try #require(throws: SweepsError.self) {
      try Self.study(attack: "relabel:class=versicolor", level: 81.0 / 120)
    }
    guard
      case .poisoning(.budgetTooLarge(let attack, _, rowCount: 81, available: 80)) = error
    else {
      Issue.record("\(error)")
      return
    }
    #expect(attack == "relabel:class=versicolor")
  }

  @Test(arguments: [0, 1, -0.1, 1.5, .nan, .infinity, 0.99])
  func validationSharesAreFractions(_ share: Double) throws {
    let error = try #require(throws: SweepsError.self) { try Self.study(share: share) }
    guard case .dataset = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!error.description.isEmpty)
  }

  @Test func modelsHaveValidParameters() {
    #expect(throws: SpecificationError.self) {
      try ModelChoice("knn:n_neighbors=0")
    }
    #expect(throws: SpecificationError.self) { try ModelChoice("softmax:C=-1") }
  }

  @Test func conditionsNameTheirAttack() throws {
    let named = try conditions(["uniform", "out-of-range:kappa=100"], [0, 0.1], for: Self.iris)
    #expect(
      named.map(\.attackName) == ["none", "uniform", "none", "out-of-range:kappa=100.0"])
  }
}
