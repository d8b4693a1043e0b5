import Foundation

/// Where the files below an artifact URI can be put.
enum ArtifactPlace: Equatable {
  /// By PUT below this address, percent-encoded.
  case proxy(address: String)
  /// In a storage that the server may reach: its own disk, or a bucket.
  case storage

  /// Reads an artifact URI of a server whose own address is `root`.
  init(_ uri: String, root: String) {
    let scheme = uri.prefix { $0 != ":" }.lowercased()
    let rest = uri.dropFirst(scheme.count + 1)
    switch scheme {
    case "http", "https": self = .proxy(address: uri.withoutTrailingSlashes)
    case "mlflow-artifacts" where rest.hasPrefix("//") && !rest.hasPrefix("///"):
      let host = rest.dropFirst(2).prefix { $0 != "/" }
      let path = rest.dropFirst(2 + host.count)
      let isSame = host == Self.authority(of: root)
      let base = isSame ? root : "\(root.prefix { $0 != ":" })://\(host)"
      self.init(base: base, path: path)
    case "mlflow-artifacts": self.init(base: root, path: rest)
    default: self = .storage
    }
  }

  private init(base: String, path: Substring) {
    self = .proxy(
      address: "\(base)/api/2.0/mlflow-artifacts/artifacts/" + path.percentEncodedPath)
  }

  private static func authority(of root: String) -> Substring {
    guard let start = root.range(of: "://")?.upperBound else { return "" }
    return root[start...].prefix { $0 != "/" }
  }
}
