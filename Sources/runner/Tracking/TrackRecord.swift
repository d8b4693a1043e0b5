/// What was tracked, for machines.
struct TrackRecord: Encodable {
  let trackingUri: String
  let experiment: String
  let experimentId: String
  /// The run of the study, whose children are the cells.
  let runId: String
  let runs: Int
  /// Whether all of it was there before.
  let wasThere: Bool
}
