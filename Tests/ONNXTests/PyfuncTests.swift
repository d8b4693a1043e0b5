import Datasets
import Foundation
import Models
import ONNX
import TestSupport
import Testing

/// The graphs as MLflow's Python functions: a data frame in, a data frame out.
@Suite(.serialized, .enabled(if: PythonTool.isThere), .tags(.python))
struct PyfuncTests {
  @Test func framesAgree() throws {
    let cases = try frameCases()
    let text = try withTemporaryFolder { folder in
      try CaseFolder(folder).write(cases)
      for (index, item) in cases.enumerated() {
        try write(item, to: folder.appendingPathComponent("model-\(index)"))
      }
      return try PythonTool.run(
        pyfuncScript, [folder.path], environment: ["MLFLOW_DISABLE_TELEMETRY": "true"])
    }
    let outcomes = try JSONDecoder().decode([Outcome].self, from: Data(text.utf8))
    try #require(outcomes.count == cases.count)
    for (outcome, item) in zip(outcomes, cases) {
      #expect(outcome.columns == item.graph.outputs.map(\.name), "\(item.name)")
      #expect(outcome.labels == 0, "\(item.name): rows with another label")
      #expect(outcome.classes == 0, "\(item.name): rows with another class name")
      #expect(outcome.difference <= item.bound.tolerance, "\(item.name): scores")
    }
  }

  private struct Outcome: Decodable {
    let columns: [String]
    let labels: Int
    let classes: Int
    let difference: Double
  }

  /// One model of each kind, and one whose class names are hard to write.
  private func frameCases() throws -> [GraphCase] {
    let iris = EmbeddedDataset.iris.load()
    let scaler = Scaler(.standard, fittedTo: iris.features)
    let problem = Problem(
      features: scaler.transform(iris.features), labels: iris.labels, classCount: 3)
    func item(_ kind: String, _ name: String, _ classNames: [String]) throws -> GraphCase {
      try GraphCase(
        name, ModelChoice(kind).learner.fit(problem, threads: 1), scaler, iris.features,
        classNames: classNames, featureNames: iris.featureNames)
    }
    return try ModelCatalog.names.map { try item($0, $0, iris.classNames) }
      + [item("softmax", "odd names", ["日本", "it's", "a \"b\" \\ c"])]
  }

  private func write(_ item: GraphCase, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(item.graph.bytes).write(to: folder.appendingPathComponent("model.onnx"))
    let inputs = try signature(item.featureNames.map { ($0, "double") })
    let outputs = try signature(item.graph.outputs.map { ($0.name, $0.type.rawValue) })
    let description = """
      flavors:
        onnx:
          code: null
          data: model.onnx
          onnx_version: 1.16.0
          providers:
          - CPUExecutionProvider
        python_function:
          data: model.onnx
          loader_module: mlflow.onnx
      signature:
        inputs: '\(inputs)'
        outputs: '\(outputs)'
        params: null

      """
    try Data(description.utf8).write(to: folder.appendingPathComponent("MLmodel"))
  }

  /// Columns as JSON inside single quotes of YAML.
  private func signature(_ columns: [(name: String, type: String)]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let entries = try columns.map { column in
      let text = String(
        decoding: try encoder.encode(["name": column.name, "type": column.type]), as: UTF8.self)
      return "\(text.dropLast()),\"required\":true}"
    }
    return "[\(entries.joined(separator: ","))]".replacingOccurrences(of: "'", with: "''")
  }
}

/// Predicts with every model of a folder through `mlflow.pyfunc`; prints one object a model.
private let pyfuncScript = """
  import json, os, sys, warnings
  warnings.filterwarnings("ignore")
  import numpy as np, pandas as pd, mlflow.pyfunc

  folder = sys.argv[1]

  def array(index, suffix):
      return np.fromfile(os.path.join(folder, f"{index}.{suffix}"), dtype="<f8")

  outcomes = []
  for index, case in enumerate(json.load(open(os.path.join(folder, "cases.json")))):
      model = mlflow.pyfunc.load_model(os.path.join(folder, f"model-{index}"))
      names = case["featureNames"]
      frame = pd.DataFrame(array(index, "rows").reshape(-1, len(names)), columns=names)
      assert [column.name for column in model.metadata.signature.inputs] == names
      result = model.predict(frame)
      labels = array(index, "labels").astype(np.int64)
      scores = array(index, "scores").reshape(len(frame), -1)
      values = result.iloc[:, 2:].to_numpy()
      assert values.dtype == np.float64, values.dtype
      outcomes.append({
          "columns": list(result.columns),
          "labels": int(np.sum(result["label"].to_numpy() != labels)),
          "classes": int(sum(
              case["classNames"][i] != name
              for i, name in zip(result["label"], result["class"]))),
          "difference": float(np.max(np.abs(values - scores))),
      })
  print(json.dumps(outcomes))
  """
