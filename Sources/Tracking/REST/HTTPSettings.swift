/// How a server is spoken to: the settings that MLflow's own clients read from the environment.
package struct HTTPSettings: Sendable, Equatable {
  /// What a request proves its sender by.
  enum Credentials: Sendable, Equatable {
    case none
    case basic(user: String, password: String)
    case bearer(token: String)
  }

  let credentials: Credentials

  /// How long a request may be without any progress.
  let timeoutSeconds: Double

  /// How often a request that got no answer is made again.
  let retryCount: Int

  /// The wait before the first retry, in seconds; each further one is twice as long.
  let backoffFactor: Double

  /// Reads the settings.
  ///
  /// `MLFLOW_TRACKING_USERNAME` with `_PASSWORD`, or else `MLFLOW_TRACKING_TOKEN`;
  /// `MLFLOW_HTTP_REQUEST_TIMEOUT` (120), `_MAX_RETRIES` (7) and `_BACKOFF_FACTOR` (2).
  /// Which certificates are trusted cannot be chosen with Foundation, so
  /// `MLFLOW_TRACKING_INSECURE_TLS` and `MLFLOW_TRACKING_SERVER_CERT_PATH` are refused.
  ///
  /// - Throws: `TrackingError.invalidSetting`.
  package init(environment: [String: String]) throws(TrackingError) {
    let variables = Variables(values: environment)
    credentials = try variables.credentials()
    timeoutSeconds = try variables.number(
      "MLFLOW_HTTP_REQUEST_TIMEOUT", standard: 120, accepted: "seconds above 0, up to 86400"
    ) { $0 > 0 && $0 <= 86_400 }
    retryCount = Int(
      try variables.number(
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES", standard: 7, accepted: "a whole number from 0 to 100"
      ) { (0...100).contains($0) && $0.rounded() == $0 })
    backoffFactor = try variables.number(
      "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", standard: 2, accepted: "seconds from 0 to 120"
    ) { (0...120).contains($0) }
    try variables.checkCertificates()
  }
}

/// Variables of an environment; one that is empty counts as missing.
private struct Variables {
  let values: [String: String]

  subscript(name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func number(
    _ name: String, standard: Double, accepted: String, isValid: (Double) -> Bool
  ) throws(TrackingError) -> Double {
    guard let text = self[name] else { return standard }
    guard let value = Double(text), isValid(value) else {
      throw .invalidSetting(name: name, value: text, accepted: accepted)
    }
    return value
  }

  func credentials() throws(TrackingError) -> HTTPSettings.Credentials {
    if let user = self["MLFLOW_TRACKING_USERNAME"] {
      guard let password = self["MLFLOW_TRACKING_PASSWORD"] else {
        throw .invalidSetting(
          name: "MLFLOW_TRACKING_PASSWORD", value: "",
          accepted: "the password of the user in MLFLOW_TRACKING_USERNAME")
      }
      guard !user.contains(":") else {
        throw .invalidSetting(
          name: "MLFLOW_TRACKING_USERNAME", value: user, accepted: "a name without colons")
      }
      return .basic(user: user, password: password)
    }
    guard let token = self["MLFLOW_TRACKING_TOKEN"] else { return .none }
    guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalidSetting(
        name: "MLFLOW_TRACKING_TOKEN", value: "***", accepted: "visible ASCII characters")
    }
    return .bearer(token: token)
  }

  /// Foundation on Linux has no hook for trust, and asks libcurl for the system's certificates.
  func checkCertificates() throws(TrackingError) {
    let cure = "trust is the system's; add the server's certificate (update-ca-certificates)"
    if let path = self["MLFLOW_TRACKING_SERVER_CERT_PATH"] {
      throw .invalidSetting(
        name: "MLFLOW_TRACKING_SERVER_CERT_PATH", value: path, accepted: "nothing: \(cure)")
    }
    switch self["MLFLOW_TRACKING_INSECURE_TLS"]?.lowercased() {
    case nil, "false", "0": return
    case let text?:
      throw .invalidSetting(
        name: "MLFLOW_TRACKING_INSECURE_TLS", value: text, accepted: "false: \(cure)")
    }
  }
}
