import Foundation
import Models
import Reporting
import Sweeps
import Testing

struct JSONTextTests {
  private struct Record: Encodable {
    struct Inner: Encodable {
      let supportRowIds: [Int]
      let macroF1: Double
    }

    let zebraCount: Int
    let innerRecord: Inner
    let parameters: [String: String]
    let holdsFor: [String: Bool]
    let nestedTables: [String: [String: Double]]
    let bounds: [Double]
    let missing: Double?
    let path: String
  }

  private let record = Record(
    zebraCount: 3, innerRecord: .init(supportRowIds: [1, 2], macroF1: 0.5),
    parameters: ["C": "1.0", "n_neighbors": "5", "camelCase": "kept"],
    holdsFor: ["linear-svm": true, "rbf-svm": false],
    nestedTables: ["outerKey": ["innerKey": 1.5]],
    bounds: [.infinity, -.infinity, .nan, 0.1], missing: nil, path: "a/b")

  @Test func keysAreSnakeCaseAndSorted() {
    #expect(
      JSONText.of(record) == """
        {
          "bounds" : [
            "inf",
            "-inf",
            "nan",
            0.1
          ],
          "holds_for" : {
            "linear-svm" : true,
            "rbf-svm" : false
          },
          "inner_record" : {
            "macro_f1" : 0.5,
            "support_row_ids" : [
              1,
              2
            ]
          },
          "nested_tables" : {
            "outerKey" : {
              "innerKey" : 1.5
            }
          },
          "parameters" : {
            "C" : "1.0",
            "camelCase" : "kept",
            "n_neighbors" : "5"
          },
          "path" : "a/b",
          "zebra_count" : 3
        }

        """)
  }

  @Test(arguments: [
    0.1, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 123456789.123456789,
  ])
  func numbersReadBackToTheSameDouble(_ value: Double) throws {
    let read = try JSONDecoder().decode([Double].self, from: Data(JSONText.of([value]).utf8))
    #expect(read[0] == value)
  }

  @Test func recordsKeepTheNamesOfParametersAndModels() throws {
    let outcome = try Outcome(models: ["linear-svm", "knn"], seedCount: 2)
    let record = ExperimentRecord(outcome.study, outcome.report)
    let text = JSONText.of(record)
    for key in ["C", "n_neighbors", "linear-svm", "knn", "read_as", "population_ci95"] {
      #expect(text.contains("\"\(key)\" : "), "\(key)")
    }
    #expect(
      try JSONValue(parsing: text).keys
        == ["cells", "claims", "configuration", "program", "version"])
    #expect(JSONText.of(record) == text)
  }
}
