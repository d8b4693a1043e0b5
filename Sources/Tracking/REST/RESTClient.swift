import Foundation
import Synchronization

/// The calls of one MLflow server: addresses, credentials, retries and errors.
final class RESTClient: Sendable {
  /// The longest wait between two tries.
  private static let longestPauseSeconds = 120.0

  /// How often is tried before the server has answered once: a mistyped URI is told soon.
  private static let firstTryCount = 3

  /// The URI without a password, for messages.
  let name: String

  /// The URI without credentials and without a slash at its end.
  let root: String

  let credentials: HTTPSettings.Credentials

  private let settings: HTTPSettings
  private let note: @Sendable (String) -> Void
  private let hasAnswered = Mutex(false)

  init(
    _ url: URL, settings: HTTPSettings, note: @escaping @Sendable (String) -> Void
  ) throws(TrackingError) {
    let text = url.absoluteString.withoutTrailingSlashes
    name = text.withoutPassword
    (self.settings, self.note) = (settings, note)
    guard let user = url.user(percentEncoded: false), !user.isEmpty else {
      (root, credentials) = (text, settings.credentials)
      return
    }
    guard var parts = URLComponents(string: text) else {
      throw .invalidURI(name, accepted: "http://HOST:PORT or https://HOST:PORT")
    }
    (parts.user, parts.password) = (nil, nil)
    root = parts.string ?? text
    credentials = .basic(user: user, password: url.password(percentEncoded: false) ?? "")
  }

  /// The answer to a call, tried again as long as there is none.
  ///
  /// - Parameters:
  ///   - find: What the call makes, if it is there; asked before the call is made again, for calls
  ///     that make another one each time.
  ///   - read: Reads the answer; its errors are not retried.
  func send<Value>(
    _ call: HTTPCall, unlessDone find: () throws(TrackingError) -> Value? = { nil },
    read: (HTTPAnswer) throws(TrackingError) -> Value
  ) throws(TrackingError) -> Value {
    guard let request = call.request(authorization: authorization) else {
      throw .invalidURI(call.address.withoutPassword, accepted: "an address without odd characters")
    }
    var retry = 0
    while true {
      let trouble: Trouble
      switch AnswerCollector.answer(to: request, timeoutSeconds: settings.timeoutSeconds) {
      case .failure(let loss): trouble = loss
      case .success(let answer):
        guard let passing = Trouble(answer, to: call) else {
          hasAnswered.withLock { $0 = true }
          return try read(answer)
        }
        trouble = passing
      }
      let limit =
        hasAnswered.withLock(\.self)
        ? settings.retryCount : min(settings.retryCount, Self.firstTryCount - 1)
      guard retry < limit else {
        throw trouble.error(of: name, call: call.name, tryCount: retry + 1)
      }
      retry += 1
      pause(before: retry, of: limit, because: trouble)
      if let value = try find() { return value }
    }
  }

  /// A call with a query, below `/api/2.0/mlflow`.
  ///
  /// - Parameter query: Names and values; a value that is nil is left out.
  func call(get path: String, _ query: KeyValuePairs<String, String?>) -> HTTPCall {
    let pairs = query.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
    return HTTPCall(
      name: path, method: "GET",
      address: "\(root)/api/2.0/mlflow/\(path)?" + pairs.joined(separator: "&"))
  }

  /// A call with a JSON body, below `/api/2.0/mlflow`.
  func call(
    post path: String, by method: String = "POST", _ content: CallBody
  ) throws(TrackingError) -> HTTPCall {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // A bare NaN is taken for 0 by MLflow, without a word.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let body = try? encoder.encode(content) else {
      throw .refused(backEnd: name, call: path, reason: "its content cannot be written as JSON")
    }
    return HTTPCall(
      name: path, method: method, address: "\(root)/api/2.0/mlflow/\(path)", body: body)
  }

  /// Makes a call and reads what it answers.
  func send<Answer: Decodable>(
    _ call: HTTPCall, as type: Answer.Type = Answer.self
  ) throws(TrackingError) -> Answer {
    try send(call) { (answer) throws(TrackingError) in try self.read(answer, to: call) }
  }

  /// Makes a call that answers nothing of interest.
  func send(_ call: HTTPCall) throws(TrackingError) {
    _ = try send(call, as: EmptyAnswer.self)
  }

  func read<Answer: Decodable>(
    _ answer: HTTPAnswer, to call: HTTPCall, as type: Answer.Type = Answer.self
  ) throws(TrackingError) -> Answer {
    try check(answer, to: call)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(Answer.self, from: answer.body)
    } catch {
      throw badAnswer(answer, to: call)
    }
  }

  private var authorization: String? {
    switch credentials {
    case .none: nil
    case .basic(let user, let password):
      "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    case .bearer(let token): "Bearer " + token
    }
  }

  /// Waits factor · 2^(retry − 1) seconds, up to a quarter more by chance so that many clients do
  /// not come back at once, or as long as the server asks for.
  private func pause(before retry: Int, of limit: Int, because trouble: Trouble) {
    let backoff =
      settings.backoffFactor * Double(sign: .plus, exponent: retry - 1, significand: 1)
      * Double.random(in: 1...1.25)
    let seconds = min(trouble.pauseSeconds ?? backoff, Self.longestPauseSeconds)
    note(
      "\(name) does not answer (\(trouble.reason)); trying again in \(seconds.brief) s, "
        + "\(retry) of \(limit)")
    Thread.sleep(forTimeInterval: seconds)
  }
}

/// An answer of which nothing is of interest but that it is a JSON object.
struct EmptyAnswer: Decodable {}

extension String {
  var withoutTrailingSlashes: String {
    String(prefix(upTo: lastIndex { $0 != "/" }.map(index(after:)) ?? startIndex))
  }
}

/// The token of the next page; nil at the end, which some servers tell by an empty one.
func nextToken(_ next: String?, after token: String?) -> String? {
  next == "" || next == token ? nil : next
}
