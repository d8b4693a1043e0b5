import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A way to make requests by `URLSession` and wait for their answers.
///
/// Each has a session, and so a connection, of its own: when a kept one turns out to be dead, libcurl
/// sends a request again by itself, which would make a run twice, and FoundationNetworking cannot
/// send its body again and hangs.
struct HTTPConnection: Sendable {
  let timeoutSeconds: Double

  /// Makes a request and waits for its answer, whatever its status.
  func answer(to request: URLRequest) -> Result<HTTPAnswer, HTTPLoss> {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.urlCache = nil
    configuration.urlCredentialStorage = nil
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    // The collector's limit is the one that counts; this one only must not be shorter.
    configuration.timeoutIntervalForRequest = timeoutSeconds + 30
    let collector = AnswerCollector()
    let session = URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    return collector.run(session.dataTask(with: request), timeoutSeconds: timeoutSeconds)
  }
}
