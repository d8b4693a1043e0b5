import Tracking

/// An experiment that MLflow's own Python reads back.
enum MLflowReading {
  /// Writes it.
  static func write(_ backEnd: some BackEnd, registering: Bool) throws {
    let time = BackEndContract.time
    let experiment = try backEnd.experiment(
      named: "Größe no: 1", tags: ["mlflow.note.content": "# Ü\n| a |"])
    let parent = try backEnd.create(
      NewRun(name: "1e5", startTime: time, tags: ["mlflow.user": "änne"]), in: experiment)
    let child = try backEnd.create(
      NewRun(
        name: "softmax p=0.10", startTime: time + 1, tags: ["mlflow.parentRunId": parent.id]),
      in: experiment)
    let model = try backEnd.create(
      NewLoggedModel(
        name: "softmax", type: "onnx", parameters: ["C": "1.0"], tags: ["kind": "ü: #x"]),
      of: child)
    try backEnd.upload(Artifact("MLmodel", text: "flavors: {}\n"), to: model)
    try backEnd.finish(model, of: child)
    let table = "{\"columns\":[\"level\",\"accuracy\"],\"data\":[[\"0%\",0.97],[\"50%\",0.61]]}"
    try backEnd.upload(Artifact("tables/summary.json", text: table), to: child)
    try backEnd.upload(Artifact("größe a.txt", text: "old"), to: child)
    try backEnd.upload(Artifact("größe a.txt", text: "new"), to: child)
    var metrics = (0..<2500).map { index in
      Metric("curve/accuracy", Double(index) / 4, step: index, timestamp: time + index)
    }
    // The newest first: what counts is the step, not the order.
    metrics.reverse()
    metrics += [
      Metric("test_accuracy_score", 0.9, timestamp: time, modelID: model.id),
      Metric("not_a_number", .nan, timestamp: time), Metric("infinite", .infinity, timestamp: time),
      Metric("minus", -.infinity, timestamp: time),
    ]
    let tables = "[{\"path\": \"tables/summary.json\", \"type\": \"table\"}]"
    let data = RunData(
      parameters: ["C": "1e5", "text": "a\nb: #'\"ü", "empty": ""],
      tags: ["mlflow.loggedArtifacts": tables, "note": "ü\n'x'"], metrics: metrics)
    for _ in 0..<2 { try backEnd.log(data, to: child) }
    let datasets = [
      BackEndContract.dataset("iris", "clean123"), BackEndContract.dataset("iris ü", "dirty456"),
    ]
    for _ in 0..<2 { try backEnd.log(datasets, to: child) }
    if registering {
      _ = try backEnd.register(model, of: child, as: "iris-rbf", alias: "champion")
    }
    try backEnd.update(child, status: .finished, endTime: time + 100)
    try backEnd.update(parent, status: .failed, endTime: time + 100)
  }

  /// Reads it; `sys.argv` are the tracking URI and what was registered or is infinite.
  static let script = """
    import json, math, sys
    import mlflow
    uri, extras = sys.argv[1], sys.argv[2:]
    mlflow.set_tracking_uri(uri)
    client = mlflow.MlflowClient()
    assert client.get_experiment("0").name == "Default"
    experiment = mlflow.get_experiment_by_name("Größe no: 1")
    assert experiment.tags["mlflow.note.content"] == "# Ü\\n| a |", experiment.tags
    runs = mlflow.search_runs([experiment.experiment_id], order_by=["start_time"])
    assert list(runs["tags.mlflow.runName"]) == ["1e5", "softmax p=0.10"], runs
    assert list(runs["status"]) == ["FAILED", "FINISHED"]
    parent, child = [client.get_run(id) for id in runs["run_id"]]
    assert parent.info.run_name == "1e5" and parent.data.tags["mlflow.user"] == "änne"
    assert child.data.tags["mlflow.parentRunId"] == parent.info.run_id
    assert child.info.end_time == 1760000000100 and child.info.start_time == 1760000000001
    assert child.data.params == {"C": "1e5", "text": "a\\nb: #'\\"ü", "empty": ""}, child.data.params
    assert child.data.tags["note"] == "ü\\n'x'"
    metrics = child.data.metrics
    assert math.isnan(metrics["not_a_number"])
    largest = math.inf if "infinite" in extras else sys.float_info.max
    assert metrics["infinite"] == largest and metrics["minus"] == -largest, metrics
    assert metrics["curve/accuracy"] == 2499 / 4, metrics
    history = client.get_metric_history(child.info.run_id, "curve/accuracy")
    assert len(history) == 2500
    assert sorted((m.step, m.value, m.timestamp) for m in history)[7] == (7, 7 / 4, 1760000000007)
    inputs = child.inputs.dataset_inputs
    assert sorted(i.dataset.name for i in inputs) == ["iris", "iris ü"], inputs
    assert [t.value for i in inputs for t in i.tags] == ["training", "training"]
    assert json.loads(inputs[0].dataset.schema)["mlflow_colspec"][0]["name"] == 'sepal "length"'
    assert sorted(f.path for f in client.list_artifacts(child.info.run_id)) \\
        == ["größe a.txt", "tables"]
    path = mlflow.artifacts.download_artifacts(
        run_id=child.info.run_id, artifact_path="größe a.txt")
    assert open(path).read() == "new"
    mlflow.set_experiment(experiment_id=experiment.experiment_id)
    table = mlflow.load_table("tables/summary.json", run_ids=[child.info.run_id])
    assert list(table["accuracy"]) == [0.97, 0.61]
    model, = mlflow.search_logged_models(
        [experiment.experiment_id], filter_string="metrics.test_accuracy_score > 0.8",
        output_format="list")
    assert model.name == "softmax" and model.model_type == "onnx" and model.status == "READY"
    assert model.source_run_id == child.info.run_id
    assert model.params == {"C": "1.0"} and model.tags["kind"] == "ü: #x"
    assert model.metrics[0].value == 0.9
    assert [o.model_id for o in child.outputs.model_outputs] == [model.model_id]
    path = mlflow.artifacts.download_artifacts("models:/" + model.model_id)
    assert open(path + "/MLmodel").read() == "flavors: {}\\n"
    if "registered" in extras:
        version = client.get_model_version_by_alias("iris-rbf", "champion")
        assert int(version.version) == 1 and version.run_id == child.info.run_id
        assert version.source == "models:/" + model.model_id
        assert json.loads(model.tags["mlflow.modelVersions"]) \\
            == [{"name": "iris-rbf", "version": "1"}], model.tags
        path = mlflow.artifacts.download_artifacts("models:/iris-rbf@champion")
        assert open(path + "/MLmodel").read() == "flavors: {}\\n"
    print("read")
    """
}
