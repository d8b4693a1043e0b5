import GRDB

/// A row of a table, always with its columns named: later versions of MLflow add some.
struct Insertion {
  let table: String
  let columns: [String]

  private init(_ table: String, _ columns: String) {
    self.table = table
    self.columns = columns.split(separator: " ").map(String.init)
  }

  static let experiment = Insertion(
    "experiments",
    "experiment_id name artifact_location lifecycle_stage creation_time last_update_time")
  static let experimentTag = Insertion("experiment_tags", "key experiment_id value")
  static let run = Insertion(
    "runs",
    "run_uuid name source_type source_name entry_point_name user_id status start_time end_time "
      + "source_version lifecycle_stage artifact_uri experiment_id deleted_time")
  static let parameter = Insertion("params", "key value run_uuid")
  static let tag = Insertion("tags", "key run_uuid value")
  static let metric = Insertion("metrics", "key value timestamp run_uuid step is_nan")
  static let latestMetric = Insertion(
    "latest_metrics", "key value timestamp run_uuid step is_nan")
  static let dataset = Insertion(
    "datasets",
    "dataset_uuid experiment_id name digest dataset_source_type dataset_source dataset_schema "
      + "dataset_profile")
  static let input = Insertion(
    "inputs", "input_uuid source_type source_id destination_type destination_id step")
  static let inputTag = Insertion("input_tags", "input_uuid name value")
  static let model = Insertion(
    "logged_models",
    "model_id experiment_id name artifact_location creation_timestamp_ms "
      + "last_updated_timestamp_ms status lifecycle_stage model_type source_run_id status_message")
  static let modelParameter = Insertion(
    "logged_model_params", "model_id experiment_id param_key param_value")
  static let modelTag = Insertion(
    "logged_model_tags", "model_id experiment_id tag_key tag_value")
  static let modelMetric = Insertion(
    "logged_model_metrics",
    "model_id metric_name metric_timestamp_ms metric_step metric_value experiment_id run_id")
  static let registeredModel = Insertion(
    "registered_models", "name creation_time last_updated_time description")
  static let modelVersion = Insertion(
    "model_versions",
    "name version creation_time last_updated_time description user_id current_stage source run_id "
      + "status status_message run_link storage_location")
  static let alias = Insertion("registered_model_aliases", "alias version name")

  /// All that are made anywhere.
  static let all = [
    experiment, experimentTag, run, parameter, tag, metric, latestMetric, dataset, input, inputTag,
    model, modelParameter, modelTag, modelMetric, registeredModel, modelVersion, alias,
  ]

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - values: One for each column.
  ///   - conflict: What follows the statement, such as `ON CONFLICT DO NOTHING`.
  /// - Returns: Whether a row was added or changed.
  @discardableResult
  func add(
    _ values: [(any DatabaseValueConvertible)?], to database: Database, _ conflict: String = ""
  ) throws -> Bool {
    let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks)) \(conflict)"
    )
    try statement.execute(arguments: StatementArguments(values))
    return database.changesCount > 0
  }

  /// Adds a row, or changes the value of the one that has its key, the columns but the last.
  func set(_ values: [(any DatabaseValueConvertible)?], in database: Database) throws {
    let key = columns.dropLast().joined(separator: ", ")
    let value = columns.last ?? ""
    try add(
      values, to: database, "ON CONFLICT (\(key)) DO UPDATE SET \(value) = excluded.\(value)")
  }
}
