extension RESTBackEnd {
  func log(_ data: RunData, to run: Run) throws(TrackingError) {
    for batch in Batch.batches(of: data, of: run) {
      try client.send(client.call(post: "runs/log-batch", batch.body))
    }
  }

  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    guard !datasets.isEmpty else { return }
    let inputs = datasets.map { input -> CallBody in
      let dataset: CallBody = [
        "name": input.name, "digest": input.digest, "source_type": input.sourceType,
        "source": input.source, "schema": input.schema, "profile": input.profile,
      ]
      return ["tags": [Pair(key: "mlflow.data.context", value: input.context)], "dataset": dataset]
    }
    try client.send(client.call(post: "runs/log-inputs", ["run_id": run.id, "datasets": inputs]))
  }
}
