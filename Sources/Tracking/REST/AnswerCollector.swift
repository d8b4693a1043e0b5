import Dispatch
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The delegate of a session that has one task.
///
/// It follows no redirect, because that would turn a POST into a GET, and reads no more than
/// `HTTPAnswer.byteLimit`.
final class AnswerCollector: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var answer = HTTPAnswer()
    /// Why there is none, or not to its end, as far as it is known.
    var loss: String?
    var progress = 0
    var isChallenged = false
  }

  private let state = Mutex(State())
  private let ended = DispatchSemaphore(value: 0)

  /// Makes a request and waits for its answer, whatever its status.
  ///
  /// Each has a session, and so a connection, of its own: when a kept one turns out to be dead,
  /// libcurl sends a request again by itself, which would make a run twice, and FoundationNetworking
  /// cannot send its body again and hangs.
  static func answer(
    to request: URLRequest, timeoutSeconds: Double
  ) -> Result<HTTPAnswer, Trouble> {
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

  /// Runs a task to its end.
  ///
  /// The timers of FoundationNetworking do not see every hanging server, so the time limit is kept
  /// here: no byte sent or received for that long is a loss.
  private func run(
    _ task: URLSessionDataTask, timeoutSeconds: Double
  ) -> Result<HTTPAnswer, Trouble> {
    task.resume()
    var seen = 0
    while ended.wait(timeout: .now() + timeoutSeconds) == .timedOut {
      let progress = state.withLock(\.progress)
      guard progress > seen else {
        task.cancel()
        return .failure(Trouble(loss: "no answer in \(timeoutSeconds.brief) s"))
      }
      seen = progress
    }
    let last = state.withLock(\.self)
    return last.loss.map { .failure(Trouble(loss: $0)) } ?? .success(last.answer)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  /// Takes a server's wish for other credentials as its answer.
  ///
  /// By default FoundationNetworking looks for credentials it has not got, and neither asks nor ends.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    let response = challenge.failureResponse as? HTTPURLResponse
    let isNew = state.withLock { state in
      defer { state.isChallenged = true }
      state.answer.status = response?.statusCode ?? 401
      return !state.isChallenged
    }
    completionHandler(.cancelAuthenticationChallenge, nil)
    if isNew { ended.signal() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didSendBodyData bytesSent: Int64,
    totalBytesSent: Int64, totalBytesExpectedToSend: Int64
  ) {
    state.withLock { $0.progress += 1 }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = state.withLock { state in
      state.progress += 1
      if state.answer.body.count + data.count > HTTPAnswer.byteLimit {
        state.answer.isTooLong = true
      } else if !state.answer.isTooLong {
        state.answer.body.append(data)
      }
      return state.answer.isTooLong
    }
    if isTooLong { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let response = task.response as? HTTPURLResponse
    state.withLock { state in
      if state.isChallenged {
        return
      } else if let error, !state.answer.isTooLong {
        state.loss = error.localizedDescription.inOneLine(limit: 200)
      } else if let response {
        state.answer.status = response.statusCode
        for case (let name as String, let value as String) in response.allHeaderFields {
          state.answer.fields[name.lowercased()] = value
        }
      } else {
        state.loss = "an answer that is not HTTP"
      }
    }
    ended.signal()
  }
}

extension Double {
  /// The number with one decimal, or none where it is whole.
  var brief: String {
    let tenths = (self * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }
}
