import Files

/// A model as a folder that MLflow loads: an ONNX graph with its signature, an example and the
/// Python packages it needs.
///
/// Source: MLflow's storage format of models, flavors `onnx` and `python_function`.
public struct ModelPackage: Sendable {
  /// What a column holds in a row.
  public enum Value: Sendable, ExpressibleByIntegerLiteral {
    /// A number; NaN where there is none.
    case number(Double)
    /// A text.
    case text(String)

    /// A whole number.
    public init(integerLiteral number: Int) { self = .number(Double(number)) }

    /// The value as JSON.
    var literal: String {
      switch self {
      case .number(let number): number.isFinite ? number.description : "null"
      case .text(let text): text.jsonLiteral
      }
    }
  }

  /// The graph, `model.onnx`.
  public var graph: [UInt8]

  /// The columns that the model is asked with.
  public var inputs: [DatasetInput.Column]

  /// The columns that it answers with.
  public var outputs: [DatasetInput.Column]

  /// A few rows of inputs, to show what they look like.
  public var example: [[Value]]

  /// Facts about the model, such as its class names.
  public var metadata: [(name: String, values: [String])]

  /// Puts a package together.
  public init(
    graph: [UInt8], inputs: [DatasetInput.Column], outputs: [DatasetInput.Column],
    example: [[Value]], metadata: [(name: String, values: [String])] = []
  ) {
    (self.graph, self.inputs, self.outputs) = (graph, inputs, outputs)
    (self.example, self.metadata) = (example, metadata)
  }

  /// The files of the folder, for a model of this id that a run has made at a time in milliseconds.
  ///
  /// `id` is nil on servers that know no models.
  public func files(id: String?, run: Run, time: Int) -> [Artifact] {
    [
      Artifact("MLmodel", text: description(id: id, run: run, time: time)),
      Artifact("model.onnx", content: graph),
      Artifact("input_example.json", text: exampleText),
      Artifact("serving_input_example.json", text: "{\"dataframe_split\": \(exampleText)}"),
      Artifact("requirements.txt", text: Self.requirements.map { $0 + "\n" }.joined()),
      Artifact(
        "python_env.yaml",
        text: """
          python: "\(Self.pythonVersion)"
          build_dependencies:
          - pip
          - setuptools
          - wheel
          dependencies:
          - -r requirements.txt

          """),
      Artifact(
        "conda.yaml",
        text: """
          name: mlflow-env
          channels:
          - conda-forge
          dependencies:
          - python=\(Self.pythonVersion)
          - pip
          - pip:
          \(Self.requirements.map { "  - \"\($0)\"" }.joined(separator: "\n"))

          """),
    ]
  }

  /// The Python that is asked for where MLflow makes an environment to serve the model in.
  private static let pythonVersion = "3.11"
  private static let requirements = ["mlflow>=3.0", "numpy", "onnx>=1.15", "onnxruntime>=1.17"]

  private var exampleText: String {
    let columns = inputs.map(\.name.jsonLiteral).joined(separator: ", ")
    let rows = example.map { row in "[\(row.map(\.literal).joined(separator: ", "))]" }
    return "{\"columns\": [\(columns)], \"data\": [\(rows.joined(separator: ", "))]}"
  }

  private func description(id: String?, run: Run, time: Int) -> String {
    let metadataLines = metadata.map { name, values in
      "  \(name.jsonLiteral): [\(values.map(\.jsonLiteral).joined(separator: ", "))]"
    }
    return """
      artifact_path: model
      flavors:
        onnx:
          code: null
          data: model.onnx
          onnx_version: 1.16.0
          providers:
          - CPUExecutionProvider
        python_function:
          data: model.onnx
          env:
            conda: conda.yaml
            virtualenv: python_env.yaml
          loader_module: mlflow.onnx
          python_version: "\(Self.pythonVersion)"
      mlflow_version: 3.0.0
      model_id: \(id ?? "null")
      model_uuid: \(id.map { String($0.drop { $0 != "-" }.dropFirst()) } ?? run.id)
      run_id: \(run.id)
      \(metadataLines.isEmpty ? "metadata: null" : (["metadata:"] + metadataLines).joined(separator: "\n"))
      saved_input_example_info:
        artifact_path: input_example.json
        pandas_orient: split
        serving_input_path: serving_input_example.json
        type: dataframe
      signature:
        inputs: \(Self.singleQuoted(inputs.mlflowColumns))
        outputs: \(Self.singleQuoted(outputs.mlflowColumns))
        params: null
      utc_time_created: '\(time.utcText)'

      """
  }

  /// A text as YAML in single quotes.
  private static func singleQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
