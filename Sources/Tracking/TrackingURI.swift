public import Foundation

/// Where to track to, by the URIs that MLflow uses.
public enum TrackingURI: Sendable, Equatable {
  /// `none`: nowhere.
  case none
  /// `sqlite:///relative.db` or `sqlite:////absolute.db`: the path of the database.
  case sqlite(path: String)
  /// `http://…` or `https://…`: a server.
  case server(URL)
  /// `file:./mlruns`, `file:///absolute` or a path: the folder of a file store.
  case files(path: String)

  /// What is used where nothing else is asked for.
  public static let standard = "sqlite:///mlflow.db"

  private static let accepted =
    "sqlite:///mlflow.db (a database), http://HOST:PORT (a server), file:./mlruns (a file store) "
    + "or none"

  /// Reads a URI.
  ///
  /// - Throws: `TrackingError.invalidURI`.
  public init(_ text: String) throws(TrackingError) {
    let refusal = TrackingError.invalidURI(text.withoutPassword, accepted: Self.accepted)
    let scheme = text.prefix { $0 != ":" }.lowercased()
    guard text.contains(":") else {
      if text == "none" {
        self = .none
      } else if text.contains("/") {
        self = .files(path: text)
      } else {
        throw refusal
      }
      return
    }
    let rest = String(text.dropFirst(scheme.count + 1))
    switch scheme {
    case "sqlite":
      // As SQLAlchemy has it: three slashes and a path, which begins with a fourth if absolute.
      guard rest.hasPrefix("///"), rest.count > 3, !rest.contains("?") else { throw refusal }
      self = .sqlite(path: String(rest.dropFirst(3)))
    case "http", "https":
      guard let url = URL(string: text), url.host() != nil, url.query() == nil else {
        throw refusal
      }
      self = .server(url)
    case "file":
      let path = rest.hasPrefix("//") ? String(rest.dropFirst(2)) : rest
      guard let decoded = path.removingPercentEncoding, !decoded.isEmpty,
        !rest.hasPrefix("//") || decoded.hasPrefix("/")
      else { throw refusal }
      self = .files(path: decoded)
    default: throw refusal
    }
  }

  /// The back end that a URI stands for; nil for `none`.
  ///
  /// - Parameters:
  ///   - text: The URI as it was given, for messages.
  ///   - environment: The variables by which MLflow's clients are set up.
  ///   - artifactLocation: Where artifacts of new experiments go, each to a folder with its id:
  ///     `file:`, `mlflow-artifacts:/` or a path; by default beside the database, or into the file
  ///     store. A server chooses its own.
  ///   - busySeconds: How long other processes are waited for that have the database locked.
  ///   - note: Takes a line about each wait for a server.
  /// - Throws: `TrackingError` when it is not there, or is not MLflow's.
  public func backEnd(
    named text: String, environment: [String: String] = [:], artifactLocation: String? = nil,
    busySeconds: Double = 20, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(TrackingError) -> (any BackEnd)? {
    switch self {
    case .none: return nil
    case .sqlite(let path):
      return try SQLiteBackEnd(
        path: path, displayName: text, artifactLocation: artifactLocation,
        busySeconds: busySeconds)
    case .files(let path):
      return try FileBackEnd(path: path, displayName: text, artifactLocation: artifactLocation)
    case .server(let url):
      return try RESTBackEnd(
        url, settings: HTTPSettings(environment: environment), note: note)
    }
  }
}

extension String {
  /// A URI with `***` for a password in it.
  package var withoutPassword: String {
    guard let scheme = range(of: "://") else { return self }
    let authority = self[scheme.upperBound...].prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@"),
      let colon = authority[..<at].firstIndex(of: ":")
    else { return self }
    return self[...colon] + "***" + self[at...]
  }
}
