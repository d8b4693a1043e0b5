import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A request to a server.
struct HTTPCall: Sendable {
  /// How messages name it, such as `runs/create`.
  let name: String

  let method: String

  /// The address, percent-encoded.
  let address: String

  var body: Data?

  var contentType = "application/json"

  /// Whether a 500 may pass by itself; otherwise it is the answer.
  var retriesServerErrors = true

  /// The request with an `Authorization` field.
  func request(authorization: String?) -> URLRequest? {
    guard let url = URL(string: address) else { return nil }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = body
    if body != nil { request.setValue(contentType, forHTTPHeaderField: "Content-Type") }
    request.setValue("application/json", forHTTPHeaderField: "Accept")
    request.setValue("hemlock", forHTTPHeaderField: "User-Agent")
    if let authorization {
      request.setValue(authorization, forHTTPHeaderField: "Authorization")
    }
    return request
  }
}

extension StringProtocol {
  /// The text with all but unreserved characters percent-encoded, as a part of a path or query.
  var percentEncoded: String {
    addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
  }

  /// The path with each of its segments percent-encoded.
  var percentEncodedPath: String {
    split(separator: "/").map(\.percentEncoded).joined(separator: "/")
  }
}

extension CharacterSet {
  /// What RFC 3986 calls so.
  static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// What a server has answered.
struct HTTPAnswer: Sendable {
  /// The most that is read of an answer: far more than a page of runs has.
  static let byteLimit = 64 << 20

  var status = 0

  /// The header fields by their names in small letters.
  var fields: [String: String] = [:]

  var body = Data()

  /// Whether the content went beyond the limit, and was given up.
  var isTooLong = false

  var isSuccess: Bool { (200..<300).contains(status) }

  /// The status with its name, such as `503 service unavailable`.
  var statusText: String {
    "\(status) \(HTTPURLResponse.localizedString(forStatusCode: status))"
  }

  /// The beginning of the content in one line of printable characters, for messages.
  var excerpt: String {
    guard !isTooLong else { return "more than \(Self.byteLimit >> 20) MB" }
    let text = String(decoding: body.prefix(4096), as: UTF8.self).inOneLine(limit: 120)
    return text.isEmpty ? "nothing" : text
  }

  /// How long the server asks to be left alone.
  var retryAfterSeconds: Double? {
    guard let text = fields["retry-after"] else { return nil }
    if let seconds = Double(text), seconds >= 0 { return seconds }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return format.date(from: text).map { max(0, $0.timeIntervalSinceNow) }
  }
}

extension String {
  /// The text without control characters, with single spaces, and cut at a number of characters.
  func inOneLine(limit: Int) -> String {
    let words = split { $0.isWhitespace }.map { word in
      String(word.unicodeScalars.filter { !CharacterSet.controlCharacters.contains($0) })
    }
    let line = words.filter { !$0.isEmpty }.joined(separator: " ")
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }
}
