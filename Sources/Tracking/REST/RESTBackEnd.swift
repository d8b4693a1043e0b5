import Foundation
import Synchronization

/// A tracking server, spoken to by MLflow's REST calls.
///
/// What is asked for is tried again while the server does not answer. A server with a file store of
/// its own (MLflow 2) keeps a point of a metric twice when a call is made twice; all others once.
final class RESTBackEnd: BackEnd {
  var name: String { client.name }

  let client: RESTClient

  /// Whether an answer to a call that makes a run was lost, so that there may be one unknown.
  let hasLostRun = Mutex(false)

  /// Speaks to a server, which is not asked anything yet; `note` is given one line before each wait.
  init(
    _ url: URL, settings: HTTPSettings, note: @escaping @Sendable (String) -> Void
  ) throws(TrackingError) {
    client = try RESTClient(url, settings: settings, note: note)
  }

  // No connection is kept from one call to the next.
  func close() {}
}
