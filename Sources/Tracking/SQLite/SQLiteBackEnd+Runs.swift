import GRDB

extension SQLiteBackEnd {
  func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run] {
    try read("runs") { database in
      var sql = """
        SELECT run_uuid, name, status, start_time, artifact_uri FROM runs
        WHERE experiment_id = ? AND lifecycle_stage = 'active'
        """
      var arguments: StatementArguments = [Int(experiment.id)]
      for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
        sql += " AND run_uuid IN (SELECT run_uuid FROM tags WHERE key = ? AND value = ?)"
        arguments += [key, value.cut(at: Limits.tag)]
      }
      let rows = try Row.fetchAll(
        database, sql: sql + " ORDER BY start_time, rowid", arguments: arguments)
      return try rows.map { row in
        let id: String = row["run_uuid"]
        return Run(
          id: id, experimentID: experiment.id, name: row["name"] ?? "",
          status: RunStatus(rawValue: row["status"] ?? "") ?? .running,
          startTime: row["start_time"] ?? 0, artifactURI: row["artifact_uri"] ?? "",
          tags: try self.tags(of: id, in: database))
      }
    }
  }

  private func tags(of run: String, in database: Database) throws -> [String: String] {
    let statement = try database.cachedStatement(
      sql: "SELECT key, value FROM tags WHERE run_uuid = ?")
    let pairs = try Row.fetchAll(statement, arguments: [run]).map { row in
      (row["key"] as String, row["value"] as String? ?? "")
    }
    return Dictionary(pairs) { $1 }
  }

  func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run {
    let tags = try tags(of: run)
    let id = Identifier.unique()
    let name = run.name.cut(at: Limits.key)
    return try write("create run") { database in
      let (number, location) = try active(
        experiment.id, name: experiment.name, for: "create run", in: database)
      let artifacts = ArtifactLocation.run(id, of: location)
      // MLflow itself has all but the tags filled with these since it has the tags.
      try Insertion.run.add(
        [
          id, name, "UNKNOWN", "", "", tags["mlflow.user"] ?? "", RunStatus.running.rawValue,
          run.startTime, nil, "", "active", artifacts, number, nil,
        ], to: database)
      for (key, value) in tags { try Insertion.tag.set([key, id, value], in: database) }
      return Run(
        id: id, experimentID: experiment.id, name: name, status: .running,
        startTime: run.startTime, artifactURI: artifacts, tags: tags)
    }
  }

  func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError) {
    try write("update run") { database in
      try requireActive(run, for: "update run", in: database)
      let end = status == .running ? nil : endTime ?? currentMilliseconds()
      try database.execute(
        sql: "UPDATE runs SET status = ?, end_time = ? WHERE run_uuid = ?",
        arguments: [status.rawValue, end, run.id])
    }
  }

  /// Refuses a run that is not there or was deleted.
  func requireActive(_ run: Run, for call: String, in database: Database) throws {
    let stage = try String.fetchOne(
      database, sql: "SELECT lifecycle_stage FROM runs WHERE run_uuid = ?", arguments: [run.id])
    guard let stage else { throw refusal(call, "there is no run \(run.id)") }
    guard stage == "active" else { throw refusal(call, "run \(run.id) was deleted") }
  }
}
