extension RESTBackEnd {
  /// Logs parameters, tags and metrics, however many.
  ///
  /// A parameter that has another value already is refused; a tag is replaced; a point of a metric
  /// that is there already is not added again.
  public func log(_ data: RunData, to run: Run) throws(TrackingError) {
    for batch in Batch.batches(of: data, runID: run.id) {
      try client.send(client.call(post: "runs/log-batch", batch))
    }
  }

  /// Logs the data sets that a run has used.
  public func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    guard !datasets.isEmpty else { return }
    try client.send(
      client.call(
        post: "runs/log-inputs",
        RunInputs(runId: run.id, datasets: datasets.map(RunInputs.Input.init))))
  }
}

private struct RunInputs: Encodable {
  struct Input: Encodable {
    let tags: [Pair]
    let dataset: Dataset

    init(_ input: DatasetInput) {
      tags = [Pair(key: "mlflow.data.context", value: input.context)]
      dataset = Dataset(
        name: input.name, digest: input.digest, sourceType: input.sourceType, source: input.source,
        schema: input.schema, profile: input.profile)
    }
  }

  struct Dataset: Encodable {
    let name: String
    let digest: String
    let sourceType: String
    let source: String
    let schema: String
    let profile: String
  }

  let runId: String
  let datasets: [Input]
}
