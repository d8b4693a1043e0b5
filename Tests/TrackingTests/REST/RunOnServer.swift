import Foundation
import TestSupport
import Tracking

/// The life of a run with all that can be logged, told to a back end.
struct RunOnServer {
  static let start = 1_760_000_000_000

  let experimentName: String
  var modelName = "softmax"
  var registeredName: String?

  var tags: [String: String] { ["client.id": "it's \"\(experimentName)\"", "level": "10 %"] }

  var data: RunData {
    RunData(
      parameters: Dictionary(uniqueKeysWithValues: (0..<250).map { ("parameter_\($0)", "\($0)") })
        .merging(["long": String(repeating: "ä", count: 7000)]) { $1 },
      tags: ["mlflow.note.content": "# Größe\n\"quoted\" \\ '", "emptiness": ""],
      metrics: (0..<2500).map {
        Metric("curve/accuracy", Double($0) / 2500, step: $0, timestamp: Self.start + $0)
      } + [
        Metric("nothing", .nan, timestamp: Self.start),
        Metric("much", .infinity, timestamp: Self.start),
        Metric("little", -.infinity, timestamp: Self.start),
      ])
  }

  static let artifacts = [
    Artifact("note.md", text: "# Note"), Artifact("tables/ä ö&+.json", text: "{}"),
    Artifact("empty.txt", content: []), Artifact("bytes.bin", content: Array(0...255)),
  ]

  /// Does, or does again, all of it.
  @discardableResult
  func track(to back: any BackEnd) throws -> (run: Run, model: LoggedModel, version: Int?) {
    let experiment = try back.experiment(
      named: experimentName, tags: ["mlflow.note.content": "\"quoted\" ü"])
    let run =
      try back.runs(of: experiment, tagged: tags).first
      ?? back.create(NewRun(name: "cell ü", startTime: Self.start, tags: tags), in: experiment)
    try back.log(data, to: run)
    try back.log(
      ["training", "validation"].map { context in
        DatasetInput(
          name: "flowers-\(context)", digest: "1a2b3c4d", sourceType: "local",
          source: #"{"uri": "flowers.csv"}"#,
          columns: [DatasetInput.Column("sépal \"length\"", type: "double")],
          profile: #"{"num_rows": 150}"#, context: context)
      }, to: run)
    for file in Self.artifacts { try back.upload(file, to: run) }
    let model =
      try back.models(of: run).first { $0.name == modelName }
      ?? back.create(
        NewLoggedModel(name: modelName, type: "onnx", parameters: ["C": "1"], tags: ["a": "b"]),
        of: run)
    for file in [Artifact("MLmodel", text: "flavors: {}\n"), Artifact("data/x y.bin", text: "x")] {
      try back.upload(file, to: model)
    }
    try back.log(
      RunData(metrics: [
        Metric("test_accuracy_score", 0.9, timestamp: Self.start, modelID: model.id)
      ]), to: run)
    try back.finish(model, of: run)
    let version = try registeredName.map {
      try back.register(model, of: run, as: $0, alias: "champion")
    }
    try back.update(run, status: .finished, endTime: Self.start + 5000)
    return (run, model, version)
  }
}

/// What Python's `mlflow` reads of an experiment.
struct PythonView: Decodable, Equatable {
  struct Run: Decodable, Equatable {
    let id, name, status: String
    let start, end: Int
    let parameters: [String: String]
    let tags: [String: String]
    let curve: [Double]
    let others: [String: String]
    let datasets: [String]
    let artifacts: [String: Int]
  }

  struct Model: Decodable, Equatable {
    let id, name, status, type: String
    let parameters: [String: String]
    let metrics: [String: Double]
    let files: [String]
  }

  let note: String?
  let runs: [Run]
  let models: [Model]
  let outputs: [String]
  let versions: [String]
  let champions: [String]

  /// Reads it through the server.
  init(
    of experiment: String, registered: String = "", at address: String,
    environment: [String: String] = [:]
  ) throws {
    self = try decoded(
      PythonTool.run(Self.script, [address, experiment, registered], environment: environment))
  }

  private static let script = """
    import json, sys, mlflow
    address, name, registered = sys.argv[1:]
    mlflow.set_tracking_uri(address)
    client = mlflow.MlflowClient()
    experiment = client.get_experiment_by_name(name)

    def files(path, of):
        for file in of(path):
            if file.is_dir:
                yield from files(file.path, of)
            else:
                yield file.path, file.file_size or 0

    runs, outputs = [], []
    for run in client.search_runs([experiment.experiment_id]):
        id = run.info.run_id
        runs.append({
            "id": id, "name": run.info.run_name, "status": run.info.status,
            "start": run.info.start_time, "end": run.info.end_time or 0,
            "parameters": run.data.params, "tags": run.data.tags,
            "curve": [m.value for m in client.get_metric_history(id, "curve/accuracy")],
            "others": {k: str(v) for k, v in run.data.metrics.items() if k[:5] != "curve"},
            "datasets": sorted(f"{d.dataset.name} {d.tags[0].value} {d.dataset.schema}"
                               for d in run.inputs.dataset_inputs),
            "artifacts": dict(files(None, lambda path: client.list_artifacts(id, path))),
        })
        outputs += [o.model_id for o in run.outputs.model_outputs]
    models = []
    for m in client.search_logged_models([experiment.experiment_id]):
        of = lambda path: client.list_logged_model_artifacts(m.model_id, path)
        try:
            paths = sorted(path for path, _ in files(None, of))
        except mlflow.exceptions.MlflowException:
            paths = []
        models.append({
            "id": m.model_id, "name": m.name, "status": str(m.status), "type": m.model_type,
            "parameters": m.params, "metrics": {x.key: x.value for x in m.metrics or []},
            "files": paths})
    versions, champions = [], []
    if registered:
        versions = sorted(f"{v.version} {v.source}" for v in
                          client.search_model_versions(f"name = '{registered}'"))
        champions = [str(client.get_model_version_by_alias(registered, "champion").version)]
    print(json.dumps({"note": experiment.tags.get("mlflow.note.content"), "runs": runs,
        "models": models, "outputs": outputs, "versions": versions, "champions": champions}))
    """
}

private func decoded<Content: Decodable>(_ text: String) throws -> Content {
  try JSONDecoder().decode(Content.self, from: Data(text.utf8))
}
