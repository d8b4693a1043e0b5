import GRDB

extension SQLiteBackEnd {
  func log(_ data: RunData, to run: Run) throws(TrackingError) {
    try KeyName.require(data)
    try write("log") { database in
      try requireActive(run, for: "log", in: database)
      for (key, value) in data.parameters.sorted(by: { $0.key < $1.key }) {
        try add(key, value.cut(at: Limits.parameter), to: run, in: database)
      }
      for (key, value) in data.tags {
        try Insertion.tag.set([key, run.id, value.cut(at: Limits.tag)], in: database)
      }
      if let name = data.tags["mlflow.runName"] {
        try database.execute(
          sql: "UPDATE runs SET name = ? WHERE run_uuid = ?",
          arguments: [name.cut(at: Limits.key), run.id])
      }
      for metric in data.metrics { try add(metric, to: run, in: database) }
    }
  }

  private func add(_ key: String, _ value: String, to run: Run, in database: Database) throws {
    let isNew = try Insertion.parameter.add(
      [key, value, run.id], to: database, "ON CONFLICT DO NOTHING")
    guard !isNew else { return }
    let known = try String.fetchOne(
      database.cachedStatement(sql: "SELECT value FROM params WHERE key = ? AND run_uuid = ?"),
      arguments: [key, run.id])
    if let known, known != value {
      throw refusal(
        "log", "parameter \(key) of run \(run.id) is \"\(known)\" and cannot become \"\(value)\"")
    }
  }

  private func add(_ metric: Metric, to run: Run, in database: Database) throws {
    // SQLite has no NaN, and MLflow no infinities in it.
    let largest = Double.greatestFiniteMagnitude
    let value = metric.value.isNaN ? 0 : min(max(metric.value, -largest), largest)
    let time = metric.timestamp ?? run.startTime
    let row: [(any DatabaseValueConvertible)?] = [
      metric.key, value, time, run.id, metric.step, metric.value.isNaN,
    ]
    try Insertion.metric.add(row, to: database, "ON CONFLICT DO NOTHING")
    try Insertion.latestMetric.add(
      row, to: database,
      """
      ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value,
        timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan
      WHERE (excluded.step, excluded.timestamp, excluded.value)
        > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)
      """)
    guard let model = metric.modelID else { return }
    try Insertion.modelMetric.add(
      [
        model, metric.key, time, metric.step, value, Int(run.experimentID), run.id,
      ], to: database, "ON CONFLICT DO NOTHING")
  }

  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    for dataset in datasets { try KeyName.require(dataset) }
    try write("log data sets") { database in
      try requireActive(run, for: "log data sets", in: database)
      for dataset in datasets {
        let id = try self.id(of: dataset, experiment: run.experimentID, in: database)
        let input = Identifier.unique()
        let isNew = try Insertion.input.add(
          [input, "DATASET", id, "RUN", run.id, 0], to: database, "ON CONFLICT DO NOTHING")
        if isNew {
          try Insertion.inputTag.add(
            [input, "mlflow.data.context", dataset.context], to: database)
        }
      }
    }
  }

  /// The id of a data set of an experiment, which is added where it is not there.
  private func id(
    of dataset: DatasetInput, experiment: String, in database: Database
  ) throws -> String {
    let known = try String.fetchOne(
      database,
      sql: "SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?",
      arguments: [Int(experiment), dataset.name, dataset.digest])
    if let known { return known }
    let id = Identifier.unique()
    try Insertion.dataset.add(
      [
        id, Int(experiment), dataset.name, dataset.digest, dataset.sourceType, dataset.source,
        dataset.schema, dataset.profile,
      ], to: database)
    return id
  }
}
