import Foundation

/// The body of MLflow's errors.
struct ServerFailure: Decodable {
  static let missing = "RESOURCE_DOES_NOT_EXIST"
  static let alreadyExists = "RESOURCE_ALREADY_EXISTS"

  let errorCode: String
  let message: String?

  var words: String { "\(errorCode): \(message ?? "")" }
}

extension HTTPAnswer {
  /// MLflow's error, if the answer is one.
  var failure: ServerFailure? {
    guard !isSuccess else { return nil }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(ServerFailure.self, from: body)
  }

  /// Whether the server runs with `--no-serve-artifacts`.
  var saysArtifactsAreDisabled: Bool {
    status == 503
      && String(decoding: body.prefix(4096), as: UTF8.self).contains("Artifact serving is disabled")
  }

  /// The words of a 403, with the cure where it is the check of the host name.
  fileprivate var refusal: String {
    let line = (failure?.words ?? "403, \(excerpt)").inOneLine(limit: 500)
    guard line.contains("Invalid Host header") else { return line }
    return line + "; start the server with --allowed-hosts and the host name of the tracking URI"
  }
}

extension RESTClient {
  /// Lets an answer pass that says the call has succeeded.
  func check(_ answer: HTTPAnswer, to call: HTTPCall) throws(TrackingError) {
    guard !answer.isTooLong else { throw badAnswer(answer, to: call) }
    switch answer.status {
    case 200..<300: return
    case 300..<400:
      let place = answer.fields["location"] ?? "nowhere"
      throw .badAnswer(
        backEnd: name, call: call.name,
        excerpt: "\(answer.status), go to \(place.withoutPassword)".inOneLine(limit: 120))
    case 401: throw .unauthorized(backEnd: name, reason: whoAsked)
    case 403: throw .refused(backEnd: name, call: call.name, reason: answer.refusal)
    default:
      guard let failure = answer.failure else { throw badAnswer(answer, to: call) }
      let reason = failure.words.inOneLine(limit: 500)
      throw .refused(backEnd: name, call: call.name, reason: reason)
    }
  }

  func badAnswer(_ answer: HTTPAnswer, to call: HTTPCall) -> TrackingError {
    let status = answer.isSuccess ? "" : "\(answer.status), "
    return .badAnswer(
      backEnd: name, call: call.name, excerpt: (status + answer.excerpt).inOneLine(limit: 120))
  }

  private var whoAsked: String {
    switch credentials {
    case .none: "none were sent"
    case .basic(let user, _): "the user \"\(user)\" and a password were sent"
    case .bearer: "a token was sent"
    }
  }
}
