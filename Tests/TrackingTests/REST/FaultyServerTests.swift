import Foundation
import TestSupport
import Testing
import Tracking

/// What comes of servers that answer late, wrongly or not at all.
@Suite(.enabled(if: PythonTool.isThere), .tags(.python))
struct FaultyServerTests {
  private static let found = """
    {"experiment": {"experiment_id": "7", "name": "x", "artifact_location": "mlflow-artifacts:/7",
    "lifecycle_stage": "active"}}
    """

  private typealias Rule = FaultyServer.Rule

  private static let good = Rule(path: "", action: "answer", body: found)

  private func ask(
    _ rules: [FaultyServer.Rule], _ environment: [String: String] = [:], notes: Notes = Notes(),
    user: String? = nil, path: String = ""
  ) throws -> (server: FaultyServer, error: TrackingError?) {
    let server = try FaultyServer(rules)
    var parts = try #require(URLComponents(string: server.url.absoluteString + path))
    (parts.user, parts.password) = (user, user.map { _ in "p@ss" })
    let back = try backEnd(try #require(parts.url), environment, notes: notes)
    let error = trackingError {
      let id = try back.experiment(named: "x", tags: [:]).id
      #expect(id == "7")
    }
    return (server, error)
  }

  @Test(arguments: [408, 429, 500, 502, 503, 504])
  func passingTroubleIsWaitedFor(status: Int) throws {
    let notes = Notes()
    let bad = Rule(path: "", times: 2, action: "answer", status: status, body: "<html>")
    let (server, error) = try ask([bad, Self.good], notes: notes)
    #expect(error == nil)
    #expect(try server.requests.count == 3)
    #expect(notes.all.count == 2)
    #expect(notes.all.allSatisfy { $0.contains("does not answer (\(status)") })
    #expect(notes.all.last?.hasSuffix("2 of 2") == true)
  }

  @Test(arguments: ["drop", "truncate"])
  func lostAnswersAreAskedForAgain(action: String) throws {
    let notes = Notes()
    let (server, error) = try ask(
      [Rule(path: "", times: 2, action: action), Self.good], notes: notes)
    #expect(error == nil)
    #expect(try server.requests.count == 3)
    #expect(notes.all.count == 2)
  }

  @Test func hangingServersAreGivenUp() throws {
    let (server, error) = try ask(
      [Rule(path: "", action: "hang")],
      ["MLFLOW_HTTP_REQUEST_TIMEOUT": "0.3", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1"])
    guard case .unreachable(_, let reason) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(reason.hasPrefix("no answer in 0.3 s"))
    #expect(try server.requests.count == 2)
  }

  @Test func aHangIsSurvived() throws {
    let (_, error) = try ask(
      [Rule(path: "", times: 1, action: "hang"), Self.good], ["MLFLOW_HTTP_REQUEST_TIMEOUT": "1"])
    #expect(error == nil)
  }

  @Test func waitsAreAsLongAsTheServerAsks() throws {
    let notes = Notes()
    let (_, error) = try ask(
      [
        Rule(path: "", times: 1, action: "answer", status: 429, fields: ["Retry-After": "1"]),
        Self.good,
      ], notes: notes)
    #expect(error == nil)
    #expect(notes.all.first?.contains("again in 1 s") == true)
  }

  @Test func firstCallsAreGivenUpSooner() throws {
    let failing = Rule(path: "", action: "answer", status: 500)
    let (server, error) = try ask([failing])
    #expect(try server.requests.count == 3)
    guard case .refused(_, _, let reason) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(reason.contains("500") && reason.contains("tried 3 times"))
    let later = try ask([
      Rule(
        path: "get-by-name", times: 1, action: "answer", status: 404,
        body: #"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no"}"#), failing,
    ])
    #expect(try later.server.requests.count == 1 + 8)
  }

  @Test(arguments: [
    (200, "<html><body>Welcome</body></html>"), (200, ""), (200, "{\"runs\": []}"),
    (200, "\u{1}\u{2}\u{7F}garbage"), (404, "<!doctype html><title>404 Not Found</title>"),
    (302, ""), (200, "[1, 2"),
  ])
  func otherAnswersAreShown(status: Int, body: String) throws {
    let (server, error) = try ask([
      Rule(
        path: "", action: "answer", status: status, fields: ["Location": "https://login.example/"],
        body: body)
    ])
    guard case .badAnswer(_, let call, let excerpt) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(call == "experiments/get-by-name")
    #expect(!excerpt.isEmpty && excerpt.count <= 120)
    #expect(excerpt.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    #expect(status != 302 || excerpt.contains("login.example"))
    #expect(try server.requests.count == 1)
  }

  @Test func endlessAnswersDoNotFillMemory() throws {
    let (_, error) = try ask([
      Rule(path: "", action: "answer", body: "0123456789abcdef", repetitions: 5 << 20)
    ])
    #expect(
      trackingErrorName(error) == "badAnswer" && "\(error.map { "\($0)" } ?? "")".contains("64 MB"))
  }

  @Test func refusals() throws {
    let host = "Invalid Host header - possible DNS rebinding attack detected"
    let (_, blocked) = try ask([Rule(path: "", action: "answer", status: 403, body: host)])
    #expect("\(blocked.map { "\($0)" } ?? "")".contains("--allowed-hosts"))
    let (server, refused) = try ask([
      Rule(
        path: "", action: "answer", status: 400,
        body: #"{"error_code": "INVALID_PARAMETER_VALUE", "message": "not this\nname"}"#)
    ])
    #expect(
      refused
        == .refused(
          backEnd: server.url.absoluteString, call: "experiments/get-by-name",
          reason: "INVALID_PARAMETER_VALUE: not this name"))
  }

  @Test func credentialsAreSent() throws {
    let (basic, _) = try ask([Self.good], user: "alice", path: "/behind/a/prefix/")
    let digits = Data("alice:p@ss".utf8).base64EncodedString()
    #expect(
      try basic.requests == [
        "GET /behind/a/prefix/api/2.0/mlflow/experiments/get-by-name?experiment_name=x "
          + "Basic \(digits) answer"
      ])
    let (bearer, _) = try ask([Self.good], ["MLFLOW_TRACKING_TOKEN": "abc"])
    #expect(try bearer.requests.first?.contains("Bearer abc") == true)
  }

  private func trackingErrorName(_ error: TrackingError?) -> String {
    String("\(error.map { Mirror(reflecting: $0).children.first?.label ?? "" } ?? "")")
  }
}
