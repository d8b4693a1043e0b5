import Foundation
import Synchronization
import TestSupport
import Tracking

/// Lines that a back end has noted.
final class Notes: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock(\.self) }

  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A back end with short waits.
func backEnd(
  _ url: URL, _ environment: [String: String] = [:], notes: Notes = Notes()
) throws -> any BackEnd {
  let variables = ["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0.01"].merging(environment) { $1 }
  return try TrackingURI.server(url)
    .opened(url.absoluteString, environment: variables) { notes.add($0) }
}

/// The error of a body, if it is one of tracking.
func trackingError(_ body: () throws -> Void) -> TrackingError? {
  do {
    try body()
    return nil
  } catch {
    return error as? TrackingError
  }
}
