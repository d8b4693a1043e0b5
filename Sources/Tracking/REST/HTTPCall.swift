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
