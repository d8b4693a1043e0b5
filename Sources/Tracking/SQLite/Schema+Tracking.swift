extension Schema {
  private static let lifecycle = ["'active'", "'deleted'"]
  private static let toRun = Table.Reference.to("runs", "run_uuid", from: "run_uuid")

  /// Experiments, runs, their data, and the data sets they used.
  static let trackingTables = [
    Table(
      name: "alembic_version", keyName: "alembic_version_pkc", key: ["version_num"],
      columns: [.text("version_num", 32)]),
    Table(
      name: "experiments", keyName: "experiment_pk", key: ["experiment_id"],
      columns: [
        .integer("experiment_id"), .text("name", 256), .text("artifact_location", 256).optional,
        .text("lifecycle_stage", 32).optional, .long("creation_time").optional,
        .long("last_update_time").optional,
      ],
      unique: "name",
      checks: [
        .init(name: "experiments_lifecycle_stage", column: "lifecycle_stage", values: lifecycle)
      ]),
    Table(
      name: "experiment_tags", keyName: "experiment_tag_pk", key: ["key", "experiment_id"],
      columns: [.text("key", 250), .text("value", 5000).optional, .integer("experiment_id")],
      references: [.to("experiments", "experiment_id", from: "experiment_id")]),
    Table(
      name: "runs", keyName: "run_pk", key: ["run_uuid"],
      columns: [
        .text("run_uuid", 32), .text("name", 250).optional, .text("source_type", 20).optional,
        .text("source_name", 500).optional, .text("entry_point_name", 50).optional,
        .text("user_id", 256).optional, .text("status", 9).optional, .long("start_time").optional,
        .long("end_time").optional, .text("source_version", 50).optional,
        .text("lifecycle_stage", 20).optional, .text("artifact_uri", 200).optional,
        .integer("experiment_id").optional, .long("deleted_time").optional,
      ],
      references: [.to("experiments", "experiment_id", from: "experiment_id")],
      checks: [
        .init(name: "runs_lifecycle_stage", column: "lifecycle_stage", values: lifecycle),
        .init(
          name: "source_type", column: "source_type",
          values: ["'NOTEBOOK'", "'JOB'", "'LOCAL'", "'UNKNOWN'", "'PROJECT'"]),
        .init(
          column: "status",
          values: ["'SCHEDULED'", "'FAILED'", "'FINISHED'", "'RUNNING'", "'KILLED'"]),
      ]),
    Table(
      name: "params", keyName: "param_pk", key: ["key", "run_uuid"],
      columns: [.text("key", 250), .text("value", 8000), .text("run_uuid", 32)],
      references: [toRun], indexes: [["run_uuid"]]),
    Table(
      name: "tags", keyName: "tag_pk", key: ["key", "run_uuid"],
      columns: [.text("key", 250), .text("value", 8000).optional, .text("run_uuid", 32)],
      references: [toRun], indexes: [["run_uuid"]]),
    Table(
      name: "metrics", keyName: "metric_pk",
      key: ["key", "timestamp", "step", "run_uuid", "value", "is_nan"],
      columns: [
        .text("key", 250), .number("value"), .long("timestamp"), .text("run_uuid", 32),
        .long("step", standard: "0"), .boolean("is_nan", standard: "0"),
      ],
      references: [toRun], checks: [.init(column: "is_nan", values: ["0", "1"])],
      indexes: [["run_uuid"]]),
    Table(
      name: "latest_metrics", keyName: "latest_metric_pk", key: ["key", "run_uuid"],
      columns: [
        .text("key", 250), .number("value"), .long("timestamp").optional, .long("step"),
        .boolean("is_nan"), .text("run_uuid", 32),
      ],
      references: [toRun], checks: [.init(column: "is_nan", values: ["0", "1"])],
      indexes: [["run_uuid"]]),
    Table(
      name: "datasets", keyName: "dataset_pk", key: ["experiment_id", "name", "digest"],
      columns: [
        .text("dataset_uuid", 36), .integer("experiment_id"), .text("name", 500),
        .text("digest", 36), .text("dataset_source_type", 36), .longText("dataset_source"),
        .longText("dataset_schema").optional, .longText("dataset_profile").optional,
      ],
      references: [
        .to(
          "experiments", "experiment_id", from: "experiment_id", "ON DELETE CASCADE",
          name: .other("fk_datasets_experiment_id_experiments"))
      ],
      indexes: [["dataset_uuid"], ["experiment_id", "dataset_source_type"]]),
    Table(
      name: "inputs", keyName: "inputs_pk",
      key: ["source_type", "source_id", "destination_type", "destination_id"],
      columns: [
        .text("input_uuid", 36), .text("source_type", 36), .text("source_id", 36),
        .text("destination_type", 36), .text("destination_id", 36), .long("step", standard: "0"),
      ],
      indexes: [["input_uuid"], ["destination_type", "destination_id", "source_type"]]),
    Table(
      name: "input_tags", keyName: "input_tags_pk", key: ["input_uuid", "name"],
      columns: [.text("input_uuid", 36), .text("name", 255), .text("value", 500)]),
  ]
}
