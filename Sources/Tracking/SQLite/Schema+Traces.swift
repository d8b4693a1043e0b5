extension Schema {
  private static let toTrace = Table.Reference.to(
    "trace_info", "request_id", from: "request_id", "ON DELETE CASCADE", name: .standard)

  /// Traces, of which we have none: migrations alter their tables.
  static let traceTables = [
    Table(
      name: "trace_info", keyName: "trace_info_pk", key: ["request_id"],
      columns: [
        .text("request_id", 50), .integer("experiment_id"), .long("timestamp_ms"),
        .long("execution_time_ms").optional, .text("status", 50),
      ],
      references: [.to("experiments", "experiment_id", from: "experiment_id", name: .standard)],
      indexes: [["experiment_id", "timestamp_ms"]]),
    Table(
      name: "trace_tags", keyName: "trace_tag_pk", key: ["key", "request_id"],
      columns: [.text("key", 250), .text("value", 8000).optional, .text("request_id", 50)],
      references: [toTrace], indexes: [["request_id"]]),
    Table(
      name: "trace_request_metadata", keyName: "trace_request_metadata_pk",
      key: ["key", "request_id"],
      columns: [.text("key", 250), .text("value", 8000).optional, .text("request_id", 50)],
      references: [toTrace], indexes: [["request_id"]]),
  ]
}
