import Foundation
import Testing
import Tracking

/// Settings of the environment for servers.
struct HTTPSettingsTests {
  @Test(arguments: [
    ("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon"), ("MLFLOW_HTTP_REQUEST_TIMEOUT", "0"),
    ("MLFLOW_HTTP_REQUEST_TIMEOUT", "nan"), ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "-1"),
    ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1.5"), ("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "inf"),
    ("MLFLOW_TRACKING_INSECURE_TLS", "true"), ("MLFLOW_TRACKING_INSECURE_TLS", "perhaps"),
    ("MLFLOW_TRACKING_SERVER_CERT_PATH", "server.pem"), ("MLFLOW_TRACKING_USERNAME", "alice"),
    ("MLFLOW_TRACKING_TOKEN", "two\nlines"),
  ])
  func refused(name: String, value: String) throws {
    let error = trackingError { _ = try HTTPSettings(environment: [name: value]) }
    guard case .invalidSetting = error else {
      Issue.record("\(name)=\(value): \(error.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(!"\(error.map { "\($0)" } ?? "")".contains("two\nlines"))
  }

  @Test func emptyCountsAsMissing() throws {
    let empty = try HTTPSettings(environment: [
      "MLFLOW_HTTP_REQUEST_TIMEOUT": "", "MLFLOW_TRACKING_USERNAME": "",
      "MLFLOW_TRACKING_INSECURE_TLS": "",
    ])
    #expect(try empty == HTTPSettings(environment: [:]))
    #expect(try empty == HTTPSettings(environment: ["MLFLOW_TRACKING_INSECURE_TLS": "false"]))
  }

  @Test func passwordsInTheAddressAreNotShown() throws {
    let url = try #require(URL(string: "http://alice:secret@127.0.0.1:9/"))
    let back = try backEnd(url, ["MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1"])
    #expect(back.name == "http://alice:***@127.0.0.1:9")
    let error = trackingError { _ = try back.experiment(named: "x", tags: [:]) }
    guard case .unreachable = error else {
      Issue.record("\(error.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(!"\(error.map { "\($0)" } ?? "")".contains("secret"))
  }
}
