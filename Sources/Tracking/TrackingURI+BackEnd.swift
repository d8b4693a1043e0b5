extension TrackingURI {
  /// The back end that a URI stands for; nil for `none`.
  ///
  /// - Parameters:
  ///   - text: The URI as it was given, for messages.
  ///   - environment: The variables by which MLflow's clients are set up.
  ///   - note: Takes a line about each wait for a server.
  /// - Throws: `TrackingError` when it is not there, or is not MLflow's.
  public func backEnd(
    named text: String, environment: [String: String],
    note: @escaping @Sendable (String) -> Void
  ) throws(TrackingError) -> (any BackEnd)? {
    switch self {
    case .none: return nil
    case .sqlite(let path):
      return try SQLiteBackEnd(path: path, displayName: text, artifactLocation: nil)
    case .files(let path):
      return try FileBackEnd(path: path, displayName: text, artifactLocation: nil)
    case .server(let url):
      return try RESTBackEnd(
        url, settings: HTTPSettings(environment: environment), note: note)
    }
  }
}
