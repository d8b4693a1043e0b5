import Foundation
import TestSupport
import Testing

/// What `inspect` writes and how it ends.
struct InspectTests {
  /// Two classes far apart whose columns are called like those of `suspicious.csv`, with some labels changed.
  private static func file(changed: Set<Int>) -> String {
    let noise = normalArray(400, seed: 3)
    var text = "row,hemlock_row,reasons\n"
    for row in 0..<400 {
      let isFirst = (row % 2 == 0) != changed.contains(row)
      let value = noise[row] + (row % 2 == 0 ? 0 : 9)
      text += "\(String(format: "%.4f", value)),\(row / 2 % 7),\(isFirst ? "a" : "\"b, c\"")\n"
    }
    return text
  }

  private static let arguments = ["inspect", "f.csv", "--target", "reasons", "--models", "knn"]

  @Test func findsAndCorrects() throws {
    try withTemporaryFolder { folder in
      let wrong = Set((0..<20).map { $0 * 19 + 7 })
      let lines = Set(wrong.map { "\($0 + 1)" })
      try folder.write(Self.file(changed: wrong), to: "f.csv")
      let run = try RunnerProcess(Self.arguments, in: folder)
      #expect(run.status == 1, "\(run.errors)")
      #expect(run.errors.contains("f.csv: 20 rows look wrong"), "\(run.errors)")
      #expect(run.output.contains("20 by their label"), "\(run.output)")
      let suspicious = try folder.text("inspection/suspicious.csv").split(separator: "\n")
      #expect(
        suspicious[0]
          == "hemlock_hemlock_row,confidence,hemlock_reasons,suggested,same_as,row,hemlock_row,reasons"
      )
      #expect(Set(suspicious.dropFirst().map { String($0.split(separator: ",")[0]) }) == lines)
      let original = Self.file(changed: []).split(separator: "\n")
      let changed = Self.file(changed: wrong).split(separator: "\n")
      let cleaned = try folder.text("inspection/cleaned.csv").split(separator: "\n")
      #expect(cleaned == changed.indices.filter { !wrong.contains($0 - 1) }.map { changed[$0] })
      let corrected = try folder.text("inspection/corrected.csv").split(separator: "\n")
      #expect(corrected == original)
      let scores = try folder.text("inspection/scores.csv").split(separator: "\n")
      #expect(scores.count == 401)
      #expect(Set(scores[1...20].map { String($0.split(separator: ",")[0]) }) == lines)
      #expect(try RunnerProcess(Self.arguments + ["--exit-zero"], in: folder).status == 0)
    }
  }

  @Test func nothingFoundSaysWhatWouldHaveBeen() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(["inspect", "wine", "--models", "none"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("Nothing found."))
      #expect(run.output.contains("100 % of those would have been named"), "\(run.output)")
      let list = try RunnerProcess(
        ["inspect", "wine", "--models", "none", "--list", "12"], in: folder)
      #expect(list.status == 0 && list.output.contains("12 rows to look at"), "\(list.output)")
      #expect(
        try folder.text("inspection/cleaned.csv").split(separator: "\n").count == 1 + 178 - 12)
    }
  }

  /// Labels without anything to do with their rows: nothing can be named, and that is said.
  @Test func saysThatItIsBlind() throws {
    try withTemporaryFolder { folder in
      let noise = normalArray(120, seed: 9)
      let rows = (0..<120).map { "\(noise[$0]),\($0 * 7 % 120 < 60 ? "u" : "v")" }
      try folder.write("x,y\n" + rows.joined(separator: "\n") + "\n", to: "f.csv")
      let run = try RunnerProcess(
        ["inspect", "f.csv", "--target", "y", "--models", "none"], in: folder)
      #expect(!run.output.contains("Nothing found"), "\(run.output)")
      #expect(run.output.contains("No row"), "\(run.output)")
    }
  }

  @Test(arguments: ["a", "ab", "aabb", "aaaaaaaaab"])
  func tooFewRows(_ labels: String) throws {
    try withTemporaryFolder { folder in
      let rows = labels.enumerated().map { "\($0),\($1)" }
      try folder.write("x,y\n" + rows.joined(separator: "\n") + "\n", to: "f.csv")
      let run = try RunnerProcess(["inspect", "f.csv", "--target", "y"], in: folder)
      #expect(run.status == (labels == "a" ? 65 : 0), "\(run.errors)")
      if labels != "a" { #expect(run.output.contains("No row could be judged"), "\(run.output)") }
    }
  }
}
