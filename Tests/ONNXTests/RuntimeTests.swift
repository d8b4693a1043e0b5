import Foundation
import LinAlg
import Models
import ONNX
import TestSupport
import Testing

/// The graphs, run by ONNX Runtime, against the models themselves.
@Suite(.serialized, .enabled(if: PythonTool.isThere), .tags(.python))
struct RuntimeTests {
  /// What the script finds out about one case.
  struct Outcome: Decodable {
    /// Rows with another label, among those whose class is certain.
    let labels: Int
    /// Rows with another label among the others.
    let uncertain: Int
    /// Rows whose label has not the largest score, of vector machines.
    let unranked: Int
    /// Rows whose class name is not that of their label.
    let classes: Int
    /// The greatest difference of scores where the class is certain; nil where one is NaN.
    let difference: Double?
    /// Outputs whose name, type or shape is not the one announced.
    let outputs: Int
    /// Whether the properties are the names of classes and features.
    let hasNames: Bool
  }

  private func outcomes(_ cases: [GraphCase]) throws -> [Outcome] {
    try withTemporaryFolder { folder in
      try CaseFolder(folder).write(cases)
      let text = try PythonTool.run(runtimeScript, [folder.path])
      return try JSONDecoder().decode([Outcome].self, from: Data(text.utf8))
    }
  }

  @Test func allCasesAgree() throws {
    let cases =
      try embeddedCases() + neighborTieCases() + voteTieCases() + symmetricCases()
      + extremeCases() + degenerateCases()
    let outcomes = try outcomes(cases)
    try #require(outcomes.count == cases.count)
    for (outcome, item) in zip(outcomes, cases) {
      #expect(outcome.labels == 0, "\(item.name): rows with another label")
      #expect(outcome.classes == 0, "\(item.name): rows with another class name")
      #expect(outcome.unranked == 0, "\(item.name): labels without the largest score")
      #expect(outcome.outputs == 0, "\(item.name): outputs not as announced")
      #expect(outcome.hasNames, "\(item.name): properties")
      let difference = outcome.difference ?? .infinity
      #expect(
        difference <= item.bound.tolerance,
        "\(item.name): scores \(difference) apart, not \(item.bound.tolerance)")
    }
  }

  /// The cases have what they are there for.
  @Test func casesAreHard() throws {
    for item in try embeddedCases() + extremeCases() {
      #expect(item.bound.isCertain.allSatisfy { $0 }, "\(item.name): a class hangs on rounding")
    }
    for item in try voteTieCases() where item.name.hasPrefix("vote ties 5 rbf") {
      #expect(item.bound.isCertain.allSatisfy { $0 }, "\(item.name): a class hangs on rounding")
      let model = try #require(item.model as? SupportVectorModel)
      let winners = item.prediction.scores
      let ties = (0..<item.rows.rows).filter { row in
        let votes = (0..<model.classCount).map { winners[row, $0].rounded() }.sorted()
        return votes[model.classCount - 1] == votes[model.classCount - 2]
      }
      #expect(!ties.isEmpty, "\(item.name): no votes tie")
    }
  }
}
