import Foundation
import Reporting
import Testing

struct ResultsFolderTests {
  @Test func filesAppearOnlyWhenPublished() throws {
    let place = try TemporaryFolder()
    let folder = try ResultsFolder(place.path("deep/er"))
    try folder.append("a,b\n", to: "x.csv")
    try folder.append("1,2\n", to: "x.csv")
    try folder.append("{}\n", to: "y.json")
    #expect(try place.names(in: "deep/er").allSatisfy { $0.hasPrefix(".") })
    try folder.publish()
    #expect(try place.names(in: "deep/er") == ["x.csv", "y.json"])
    #expect(try place.text("deep/er/x.csv") == "a,b\n1,2\n")
    #expect(try place.text("deep/er/y.json") == "{}\n")
  }

  @Test func unpublishedFilesLeaveNoTrace() throws {
    let place = try TemporaryFolder()
    do {
      let folder = try ResultsFolder(place.path)
      try folder.append("old", to: "x.csv")
      try folder.publish()
    }
    do {
      let folder = try ResultsFolder(place.path)
      try folder.append("new", to: "x.csv")
      try folder.append("new", to: "z.csv")
      #expect(try place.names() == [".x.csv.partial", ".z.csv.partial", "x.csv"])
    }
    #expect(try place.names() == ["x.csv"])
    #expect(try place.text("x.csv") == "old")
  }

  @Test func aSecondRunReplacesTheFirst() throws {
    let place = try TemporaryFolder()
    for run in ["a longer first run", "second", ""] {
      let folder = try ResultsFolder(place.path)
      try folder.append(run, to: "x.csv")
      try folder.append(run, to: "y.csv")
      try folder.publish()
      #expect(try place.names() == ["x.csv", "y.csv"])
      #expect(try place.text("x.csv") == run && place.text("y.csv") == run)
    }
  }

  @Test func oneFolderCanPublishTwice() throws {
    let place = try TemporaryFolder()
    let folder = try ResultsFolder(place.path)
    for text in ["one", "two"] {
      try folder.append(text, to: "x.csv")
      try folder.publish()
      #expect(try place.text("x.csv") == text)
    }
    try folder.publish()
    #expect(try place.names() == ["x.csv"])
  }

  @Test func whatAKilledRunLeftIsOverwritten() throws {
    let place = try TemporaryFolder()
    try Data("rest of a longer run".utf8).write(to: place.url.appending(path: ".x.csv.partial"))
    let folder = try ResultsFolder(place.path)
    try folder.append("new", to: "x.csv")
    try folder.publish()
    #expect(try place.names() == ["x.csv"])
    #expect(try place.text("x.csv") == "new")
  }

  /// Below a regular file there can be no folder, whoever asks.
  @Test(arguments: ["file", "file/below", "file/far/below"])
  func foldersThatCannotBeAreRefused(_ name: String) throws {
    let place = try TemporaryFolder()
    try Data("text".utf8).write(to: place.url.appending(path: "file"))
    let path = place.path(name)
    let error = try #require(throws: ReportingError.self) { try ResultsFolder(path) }
    guard case .unwritable(path, let reason) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("Not a directory") || reason.contains("File exists"), "\(reason)")
    #expect(error.description == "\(path) cannot be written: \(reason)")
    #expect(!error.description.contains { $0.isNewline })
    #expect(try place.text("file") == "text")
  }

  @Test func foldersThatVanishAreReported() throws {
    let place = try TemporaryFolder()
    let folder = try ResultsFolder(place.path("results"))
    try folder.append("text", to: "x.csv")
    try FileManager.default.removeItem(atPath: place.path("results"))
    let late = try #require(throws: ReportingError.self) { try folder.append("b", to: "y.csv") }
    let error = try #require(throws: ReportingError.self) { try folder.publish() }
    #expect(late.description.contains("No such file or directory"), "\(late)")
    #expect(error.description.contains("No such file or directory"), "\(error)")
    #expect(late.description.hasPrefix(place.path("results/y.csv")))
  }

  @Test func namesOfFoldersAreNoFiles() throws {
    let place = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: place.path("x.csv/inside"), withIntermediateDirectories: true)
    let folder = try ResultsFolder(place.path)
    try folder.append("text", to: "x.csv")
    #expect(throws: ReportingError.self) { try folder.publish() }
    #expect(FileManager.default.fileExists(atPath: place.path("x.csv/inside")))
  }
}
