import LinAlg
import Models
import ONNX
import Testing

/// The file itself, without anything that reads it.
@Suite struct ONNXModelTests {
  private let problem = Problem(
    features: Matrix(rows: 6, columns: 2, elements: [0, 1, 2, 2, 4, 1, 1, 0, 3, 5, 5, 2]),
    labels: [0, 1, 2, 0, 1, 2], classCount: 3)

  private func graph(
    _ model: any Model, featureNames: [String] = ["length", "width"],
    classNames: [String] = ["a", "b", "c"], name: String = "sample"
  ) -> ONNXModel? {
    ONNXModel(
      model, center: [1, 2], scale: [3, 4], featureNames: featureNames, classNames: classNames,
      name: name)
  }

  @Test(arguments: ModelCatalog.names)
  func sameModelHasSameBytes(_ kind: String) throws {
    let learner = try ModelChoice(kind, defaults: ["n_neighbors": "3"]).learner
    let files = try (0..<3).map { _ in try #require(graph(learner.fit(problem, threads: 1))) }
    #expect(files[0] == files[1])
    #expect(files[0] == files[2])
  }

  @Test(arguments: ModelCatalog.names)
  func outputsHaveNamesOfClasses(_ kind: String) throws {
    let learner = try ModelChoice(kind, defaults: ["n_neighbors": "3"]).learner
    let model = try #require(
      graph(learner.fit(problem, threads: 1), classNames: ["a", "", "a"]))
    let score = kind == "linear-svm" || kind == "rbf-svm" ? "score" : "probability"
    #expect(
      model.outputs.map(\.name) == ["label", "class", "\(score)_a", "\(score)_", "\(score)_a_2"])
    #expect(model.outputs.map(\.type) == [.long, .string, .double, .double, .double])
    #expect(model.inputName == "features")
  }

  /// Written by hand from the numbers of fields and the lengths of texts.
  @Test func bytesAreThoseOfTheFormat() throws {
    let learner = try ModelChoice("softmax").learner
    let model = try #require(graph(learner.fit(problem, threads: 1)))
    // ir_version (field 1) 8; producer_name (field 2); doc_string (field 6); graph (field 7) with its
    // length, two bytes.
    let text = Array("label: the class with the largest probability".utf8)
    let head: [UInt8] =
      [0x08, 8, 0x12, 7] + Array("hemlock".utf8) + [0x32, UInt8(text.count)] + text + [0x3a]
    #expect(model.bytes.starts(with: head))
    let rest = Array(model.bytes.dropFirst(head.count + 2))
    let length = Int(model.bytes[head.count] & 0x7f) + Int(model.bytes[head.count + 1]) << 7
    // node (field 1): two inputs (field 1), an output (field 2), the operation (field 4).
    let node: [UInt8] =
      [0x0a, 10 + 8 + 5 + 5] + [0x0a, 8] + Array("features".utf8) + [0x0a, 6]
      + Array("center".utf8) + [0x12, 3] + Array("Sub".utf8) + [0x22, 3] + Array("Sub".utf8)
    #expect(rest.starts(with: node))
    // opset_import (field 8), version (field 2) 17; metadata_props (field 14), key and value.
    func property(_ key: String, _ value: String) -> [UInt8] {
      [0x72, UInt8(4 + key.utf8.count + value.utf8.count), 0x0a, UInt8(key.utf8.count)]
        + Array(key.utf8) + [0x12, UInt8(value.utf8.count)] + Array(value.utf8)
    }
    #expect(
      Array(rest.dropFirst(length))
        == [0x42, 2, 0x10, 17] + property("classes", #"["a", "b", "c"]"#)
        + property("features", #"["length", "width"]"#))
  }

  @Test func otherModelsHaveNoGraph() {
    struct Other: Model {
      let report = FitReport(outcome: .constant, iterations: 0, objective: 0, residual: 0)

      func predict(_ features: Matrix<Double>, threads: Int) -> Prediction {
        Prediction(
          classes: [], scores: Matrix(rows: 0, columns: 0), scoresAreProbabilities: false)
      }
    }
    #expect(graph(Other()) == nil)
  }

  @Test func wrongCountsTrap() async {
    await #expect(processExitsWith: .failure) {
      let problem = Problem(
        features: Matrix(rows: 2, columns: 1, elements: [0, 1]), labels: [0, 1], classCount: 2)
      _ = ONNXModel(
        try NearestNeighbors().fit(problem, threads: 1), center: [0, 0], scale: [1],
        featureNames: ["x"], classNames: ["a", "b"], name: "")
    }
    await #expect(processExitsWith: .failure) {
      let problem = Problem(
        features: Matrix(rows: 2, columns: 1, elements: [0, 1]), labels: [0, 1], classCount: 2)
      _ = ONNXModel(
        try NearestNeighbors().fit(problem, threads: 1), center: [0], scale: [1],
        featureNames: ["x"], classNames: ["a"], name: "")
    }
  }
}
