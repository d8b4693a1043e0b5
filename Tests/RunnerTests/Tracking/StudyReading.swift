import Foundation
import TestSupport

/// What MLflow's own client reads of a study that was tracked.
struct StudyReading: Decodable {
  struct Child: Decodable {
    let name: String
    let status: String
    let params: [String: String]
    let metrics: [String: Double]
    let datasets: [[String]]
    let artifacts: [String]
    let modelCount: Int
  }

  let parentCount: Int
  let status: String
  let params: [String: String]
  let tags: [String: String]
  /// The history of the accuracy of k-NN under uniform noise, pairs of step and value.
  let curve: [[Double]]
  let tableRows: Int
  let claimRows: Int
  let artifacts: [String]
  let charts: [String]
  let children: [Child]
  /// Logged models of the whole experiment.
  let modelCount: Int
  let versions: [String]

  /// Reads the study of an experiment from a tracking URI.
  init(_ uri: String, experiment: String = "poison-iris", in folder: URL) throws {
    let text = try PythonTool.run(
      Self.script, [uri, experiment], environment: ["MLFLOW_ALLOW_FILE_STORE": "true"], in: folder)
    self = try decoded(Data(text.utf8))
  }

  private static let script = """
    import json
    import sys
    import mlflow

    uri, name = sys.argv[1:]
    mlflow.set_tracking_uri(uri)
    client = mlflow.MlflowClient()
    experiment = client.get_experiment_by_name(name)
    mlflow.set_experiment(name)
    runs = client.search_runs([experiment.experiment_id], max_results=1000)
    parents = [r for r in runs if r.data.tags.get("hemlock.kind") == "study"]
    parent = parents[0]
    children = [r for r in runs if r.data.tags.get("mlflow.parentRunId") == parent.info.run_id]
    children.sort(key=lambda r: int(r.data.tags["hemlock.cell"]))
    files = lambda run, path=None: sorted(a.path for a in client.list_artifacts(run, path))
    table = lambda path: len(mlflow.load_table(path, run_ids=[parent.info.run_id]))
    history = client.get_metric_history(
        parent.info.run_id, "test_accuracy_score_mean/uniform/knn")
    top = files(parent.info.run_id)
    try:
        versions = [
            f"{v.name} {v.version}"
            for m in client.search_registered_models()
            for v in client.search_model_versions(f"name = '{m.name}'")
        ]
    except Exception:
        versions = []
    print(json.dumps({
        "parentCount": len(parents),
        "status": parent.info.status,
        "params": parent.data.params,
        "tags": parent.data.tags,
        "curve": [[m.step, m.value] for m in history],
        "tableRows": table("cells.json"),
        "claimRows": table("claims.json") if "claims.json" in top else 0,
        "artifacts": top,
        "charts": files(parent.info.run_id, "charts"),
        "children": [{
            "name": r.info.run_name, "status": r.info.status, "params": r.data.params,
            "metrics": r.data.metrics,
            "datasets": sorted([d.dataset.name, d.dataset.digest, d.tags[0].value]
                               for d in r.inputs.dataset_inputs),
            "artifacts": files(r.info.run_id),
            "modelCount": len(r.outputs.model_outputs) if r.outputs else 0,
        } for r in children],
        "modelCount": len(client.search_logged_models([experiment.experiment_id], max_results=50)),
        "versions": sorted(versions),
    }))
    """
}
