import GRDB

extension SQLiteBackEnd {
  func experiment(
    named name: String, tags: [String: String]
  ) throws(TrackingError) -> Experiment {
    try KeyName.requireExperiment(name)
    try KeyName.require(tags)
    return try write("experiment") { database in
      let known = try Row.fetchOne(
        database,
        sql: "SELECT experiment_id, artifact_location, lifecycle_stage FROM experiments "
          + "WHERE name = ?",
        arguments: [name])
      let id: Int
      let location: String
      if let known {
        guard known["lifecycle_stage"] == "active" else {
          throw TrackingError.deletedExperiment(backEnd: self.name, name: name)
        }
        id = known["experiment_id"]
        location = known["artifact_location"] ?? ""
      } else {
        (id, location) = try addExperiment(name, to: database)
        for (key, value) in tags {
          try Insertion.experimentTag.set(
            [key, id, value.cut(at: Limits.experimentTag)], in: database)
        }
      }
      return Experiment(id: String(id), name: name, artifactLocation: location)
    }
  }

  private func addExperiment(_ name: String, to database: Database) throws -> (Int, String) {
    let last = try Int.fetchOne(database, sql: "SELECT max(experiment_id) FROM experiments")
    // As MLflow has it, which makes its own only when there is none at all.
    if last == nil, name != Self.standardExperiment {
      try insert(Self.standardExperiment, id: 0, into: database)
    }
    let id = last.map { $0 + 1 } ?? (name == Self.standardExperiment ? 0 : 1)
    return (id, try insert(name, id: id, into: database))
  }

  private static let standardExperiment = "Default"

  @discardableResult
  private func insert(_ name: String, id: Int, into database: Database) throws -> String {
    let location = ArtifactLocation.experiment(String(id), below: artifactLocation)
    let now = currentMilliseconds()
    try Insertion.experiment.add([id, name, location, "active", now, now], to: database)
    return location
  }

  /// The number and artifact location of an experiment that is not deleted.
  func active(
    _ id: String, name: String?, for call: String, in database: Database
  ) throws -> (id: Int, location: String) {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT name, artifact_location, lifecycle_stage FROM experiments "
        + "WHERE experiment_id = ?",
      arguments: [Int(id)])
    guard let row, let number = Int(id) else {
      throw refusal(call, "there is no experiment \(id)")
    }
    guard row["lifecycle_stage"] == "active" else {
      throw TrackingError.deletedExperiment(backEnd: self.name, name: name ?? row["name"])
    }
    return (number, row["artifact_location"] ?? "")
  }
}
