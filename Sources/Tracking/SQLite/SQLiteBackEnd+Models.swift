import Files
import GRDB

extension SQLiteBackEnd {
  func models(of run: Run) throws(TrackingError) -> [LoggedModel] {
    try read("models") { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT model_id, name, status, artifact_location FROM logged_models
          WHERE source_run_id = ? AND lifecycle_stage = 'active'
          ORDER BY creation_timestamp_ms, rowid
          """,
        arguments: [run.id])
      return rows.map { row in
        LoggedModel(
          id: row["model_id"], name: row["name"], isReady: row["status"] == LoggedModel.ready,
          artifactURI: row["artifact_location"])
      }
    }
  }

  func create(_ model: NewLoggedModel, of run: Run) throws(TrackingError) -> LoggedModel {
    try KeyName.require(model)
    let id = Identifier.model()
    return try write("create model") { database in
      try requireActive(run, for: "create model", in: database)
      let (experiment, location) = try active(
        run.experimentID, name: nil, for: "create model", in: database)
      let artifacts = ArtifactLocation.model(id, of: location)
      let now = currentMilliseconds()
      try Insertion.model.add(
        [
          id, experiment, model.name, artifacts, now, now, LoggedModel.pending, "active",
          model.type,
          run.id, nil,
        ], to: database)
      for (key, value) in model.parameters {
        try Insertion.modelParameter.add(
          [id, experiment, key, value.cut(at: Limits.parameter)], to: database)
      }
      for (key, value) in model.tags {
        try Insertion.modelTag.add([id, experiment, key, value.cut(at: Limits.tag)], to: database)
      }
      return LoggedModel(id: id, name: model.name, isReady: false, artifactURI: artifacts)
    }
  }

  func finish(_ model: LoggedModel, of run: Run) throws(TrackingError) {
    try write("finish model") { database in
      try database.execute(
        sql: "UPDATE logged_models SET status = ?, last_updated_timestamp_ms = ? "
          + "WHERE model_id = ? AND lifecycle_stage = 'active'",
        arguments: [LoggedModel.ready, currentMilliseconds(), model.id])
      guard database.changesCount > 0 else {
        throw refusal("finish model", "there is no model \(model.id)")
      }
      try Insertion.input.add(
        [Identifier.unique(), "RUN_OUTPUT", run.id, "MODEL_OUTPUT", model.id, 0], to: database,
        "ON CONFLICT DO NOTHING")
    }
  }

  func register(
    _ model: LoggedModel, of run: Run, as name: String, alias: String?
  ) throws(TrackingError) -> Int {
    try KeyName.requireRegistered(name, alias: alias)
    return try write("register model") { database in
      let source = "models:/\(model.id)"
      let known = try Int.fetchOne(
        database, sql: "SELECT version FROM model_versions WHERE name = ? AND source = ?",
        arguments: [name, source])
      let version = try known ?? addVersion(of: model, run, as: name, source, to: database)
      if let alias { try move(alias, to: version, of: name, in: database) }
      return version
    }
  }

  private func addVersion(
    of model: LoggedModel, _ run: Run, as name: String, _ source: String, to database: Database
  ) throws -> Int {
    let now = currentMilliseconds()
    let isNew = try Insertion.registeredModel.add(
      [name, now, now, nil], to: database, "ON CONFLICT DO NOTHING")
    if !isNew {
      try database.execute(
        sql: "UPDATE registered_models SET last_updated_time = ? WHERE name = ?",
        arguments: [now, name])
    }
    let last = try Int.fetchOne(
      database, sql: "SELECT max(version) FROM model_versions WHERE name = ?", arguments: [name])
    let version = (last ?? 0) + 1
    try Insertion.modelVersion.add(
      [
        name, version, now, now, nil, run.tags["mlflow.user"], "None", source, run.id, "READY",
        nil, nil, model.artifactURI,
      ], to: database)
    try link(model, to: version, of: name, run, in: database)
    return version
  }

  /// Notes the version on the model, as MLflow does, in a JSON list.
  private func link(
    _ model: LoggedModel, to version: Int, of name: String, _ run: Run, in database: Database
  ) throws {
    let key = "mlflow.modelVersions"
    let known = try String.fetchOne(
      database, sql: "SELECT tag_value FROM logged_model_tags WHERE model_id = ? AND tag_key = ?",
      arguments: [model.id, key])
    let entry = "{\"name\": \(name.jsonLiteral), \"version\": \"\(version)\"}"
    let list = known.flatMap { $0.hasSuffix("}]") ? $0.dropLast() + ", " : nil } ?? "["
    try database.execute(
      sql: "DELETE FROM logged_model_tags WHERE model_id = ? AND tag_key = ?",
      arguments: [model.id, key])
    try Insertion.modelTag.add(
      [model.id, Int(run.experimentID), key, list + entry + "]"], to: database)
  }

  private func move(
    _ alias: String, to version: Int, of name: String, in database: Database
  ) throws {
    try database.execute(
      sql: "DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?",
      arguments: [name, alias])
    try Insertion.alias.add([alias, version, name], to: database)
  }
}
