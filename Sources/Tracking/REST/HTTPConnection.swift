import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A session of `URLSession` that is asked in sequence and waited for.
///
/// After a loss it begins a new one, so that no dead connection is used again.
final class HTTPConnection: Sendable {
  private struct Line {
    let session: URLSession
    let collector: AnswerCollector
  }

  private let timeoutSeconds: Double
  private let line = Mutex<Line?>(nil)

  init(timeoutSeconds: Double) {
    self.timeoutSeconds = timeoutSeconds
  }

  deinit { close() }

  /// Makes a request and waits for its answer, whatever its status.
  func answer(to request: URLRequest) -> Result<HTTPAnswer, HTTPLoss> {
    let line = open()
    let result = line.collector.run(
      line.session.dataTask(with: request), timeoutSeconds: timeoutSeconds)
    if case .success(let answer) = result, !answer.isTooLong { return result }
    close()
    return result
  }

  /// Ends the session; another request would begin a new one.
  func close() {
    let ended = line.withLock { line in
      defer { line = nil }
      return line
    }
    ended?.session.invalidateAndCancel()
  }

  private func open() -> Line {
    line.withLock { line in
      if let line { return line }
      let configuration = URLSessionConfiguration.ephemeral
      configuration.urlCache = nil
      configuration.urlCredentialStorage = nil
      configuration.httpCookieStorage = nil
      configuration.httpShouldSetCookies = false
      configuration.httpMaximumConnectionsPerHost = 1
      // The collector's limit is the one that counts; this one only must not be shorter.
      configuration.timeoutIntervalForRequest = timeoutSeconds + 30
      let collector = AnswerCollector()
      let new = Line(
        session: URLSession(
          configuration: configuration, delegate: collector, delegateQueue: nil),
        collector: collector)
      line = new
      return new
    }
  }
}
