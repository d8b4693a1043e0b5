public import Foundation
import Synchronization

/// A tracking server, spoken to by MLflow's REST calls.
///
/// What is asked for is tried again while the server does not answer. A server with a file store of
/// its own (MLflow 2) keeps a point of a metric twice when a call is made twice; all others once.
public final class RESTBackEnd: BackEnd {
  /// The URI of the server, without a password.
  public var name: String { client.name }

  let client: RESTClient

  /// Whether an answer to a call that makes a run was lost, so that there may be one unknown.
  let hasLostRun = Mutex(false)

  /// Speaks to a server; nothing is asked of it yet.
  ///
  /// - Parameters:
  ///   - url: Its address, with the path it is served below; a user and password in it are used.
  ///   - settings: Credentials, time limit and retries.
  ///   - note: Is given one line before each wait.
  /// - Throws: `TrackingError.invalidURI`.
  public init(
    _ url: URL, settings: HTTPSettings, note: @escaping @Sendable (String) -> Void
  ) throws(TrackingError) {
    client = try RESTClient(url, settings: settings, note: note)
  }

  /// Does nothing: no connection is kept from one call to the next.
  public func close() {}
}
