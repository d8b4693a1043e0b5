extension Schema {
  private static let toModel = Table.Reference.to(
    "logged_models", "model_id", from: "model_id", "ON DELETE CASCADE", name: .standard)
  private static let toExperiment = Table.Reference.to(
    "experiments", "experiment_id", from: "experiment_id", name: .standard)

  /// Logged models.
  static let modelTables = [
    Table(
      name: "logged_models", keyName: "logged_models_pk", key: ["model_id"],
      columns: [
        .text("model_id", 36), .integer("experiment_id"), .text("name", 500),
        .text("artifact_location", 1000), .long("creation_timestamp_ms"),
        .long("last_updated_timestamp_ms"), .integer("status"),
        .text("lifecycle_stage", 32).optional, .text("model_type", 500).optional,
        .text("source_run_id", 32).optional, .text("status_message", 1000).optional,
      ],
      references: [
        .to(
          "experiments", "experiment_id", from: "experiment_id", "ON DELETE CASCADE",
          name: .standard)
      ],
      checks: [
        .init(
          name: "logged_models_lifecycle_stage_check", column: "lifecycle_stage",
          values: ["'active'", "'deleted'"])
      ]),
    Table(
      name: "logged_model_metrics", keyName: "logged_model_metrics_pk",
      key: ["model_id", "metric_name", "metric_timestamp_ms", "metric_step", "run_id"],
      columns: [
        .text("model_id", 36), .text("metric_name", 500), .long("metric_timestamp_ms"),
        .long("metric_step"), .number("metric_value").optional, .integer("experiment_id"),
        .text("run_id", 32), .text("dataset_uuid", 36).optional,
        .text("dataset_name", 500).optional, .text("dataset_digest", 36).optional,
      ],
      references: [
        toExperiment, toModel,
        .to("runs", "run_uuid", from: "run_id", "ON DELETE CASCADE", name: .standard),
      ],
      indexes: [["model_id"]]),
    Table(
      name: "logged_model_params", keyName: "logged_model_params_pk",
      key: ["model_id", "param_key"],
      columns: [
        .text("model_id", 36), .integer("experiment_id"), .text("param_key", 255),
        .longText("param_value"),
      ],
      references: [toExperiment, toModel]),
    Table(
      name: "logged_model_tags", keyName: "logged_model_tags_pk", key: ["model_id", "tag_key"],
      columns: [
        .text("model_id", 36), .integer("experiment_id"), .text("tag_key", 255),
        .longText("tag_value"),
      ],
      references: [toExperiment, toModel]),
  ]

  /// Registered models.
  static let registryTables = [
    Table(
      name: "registered_models", keyName: "registered_model_pk", key: ["name"],
      columns: [
        .text("name", 256), .long("creation_time").optional, .long("last_updated_time").optional,
        .text("description", 5000).optional,
      ]),
    Table(
      name: "registered_model_tags", keyName: "registered_model_tag_pk", key: ["key", "name"],
      columns: [.text("key", 250), .text("value", 5000).optional, .text("name", 256)],
      references: [.to("registered_models", "name", from: "name", "ON UPDATE CASCADE")]),
    Table(
      name: "registered_model_aliases", keyName: "registered_model_alias_pk",
      key: ["name", "alias"],
      columns: [.text("alias", 256), .integer("version"), .text("name", 256)],
      references: [
        .to(
          "registered_models", "name", from: "name", "ON UPDATE CASCADE ON DELETE CASCADE",
          name: .other("registered_model_alias_name_fkey"))
      ]),
    Table(
      name: "model_versions", keyName: "model_version_pk", key: ["name", "version"],
      columns: [
        .text("name", 256), .integer("version"), .long("creation_time").optional,
        .long("last_updated_time").optional, .text("description", 5000).optional,
        .text("user_id", 256).optional, .text("current_stage", 20).optional,
        .text("source", 500).optional, .text("run_id", 32).optional,
        .text("status", 20).optional, .text("status_message", 500).optional,
        .text("run_link", 500).optional, .text("storage_location", 500).optional,
      ],
      references: [.to("registered_models", "name", from: "name", "ON UPDATE CASCADE")]),
    Table(
      name: "model_version_tags", keyName: "model_version_tag_pk",
      key: ["key", "name", "version"],
      columns: [
        .text("key", 250), .text("value", 5000).optional, .text("name", 256),
        .integer("version"),
      ],
      references: [
        .init(
          columns: ["name", "version"], table: "model_versions", target: ["name", "version"],
          actions: "ON UPDATE CASCADE")
      ]),
  ]
}
