import Testing
import Tracking

/// The URIs that say where to track to.
struct TrackingURITests {
  @Test(arguments: [
    ("none", TrackingURI.none), ("sqlite:///mlflow.db", .sqlite(path: "mlflow.db")),
    ("sqlite:////tmp/a b.db", .sqlite(path: "/tmp/a b.db")),
    ("file:./mlruns", .files(path: "./mlruns")),
    ("file:///tmp/ml%20runs", .files(path: "/tmp/ml runs")), ("./mlruns", .files(path: "./mlruns")),
  ])
  func accepted(text: String, uri: TrackingURI) throws {
    #expect(try TrackingURI(text) == uri)
  }

  @Test(arguments: [
    "", "mlflow.db", "sqlite:mlflow.db", "sqlite:///", "sqlite:///a.db?mode=ro", "http://", "file:",
    "file://host/x", "postgresql://u:p@h/db", "databricks",
  ])
  func refused(text: String) {
    #expect(throws: TrackingError.self) { try TrackingURI(text) }
  }

  @Test func passwordsAreNotShown() {
    #expect(throws: TrackingError.self) { try TrackingURI("mysql://u:secret@h/db") }
    do {
      _ = try TrackingURI("mysql://u:secret@h/db")
    } catch {
      #expect(!"\(error)".contains("secret") && "\(error)".contains("mysql://u:***@h/db"))
    }
  }
}
