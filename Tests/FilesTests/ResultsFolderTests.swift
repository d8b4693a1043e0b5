import Files
import Foundation
import Testing

struct ResultsFolderTests {
  @Test func filesAppearOnlyWhenPublished() throws {
    let place = try TestFolder()
    let folder = try ResultsFolder(place.path("deep/er"))
    try folder.append("a,b\n", to: "x.csv")
    try folder.append("1,2\n", to: "x.csv")
    try folder.append("{}\n", to: "y.json")
    #expect(try place.names(in: "deep/er").allSatisfy { $0.hasPrefix(".") })
    try folder.publish()
    folder.discard()
    #expect(try place.names(in: "deep/er") == ["x.csv", "y.json"])
    #expect(try place.text("deep/er/x.csv") == "a,b\n1,2\n")
    #expect(try place.text("deep/er/y.json") == "{}\n")
  }

  @Test func unpublishedFilesLeaveNoTrace() throws {
    let place = try TestFolder()
    do {
      let folder = try ResultsFolder(place.path)
      try folder.append("old", to: "x.csv")
      try folder.publish()
    }
    do {
      let folder = try ResultsFolder(place.path)
      try folder.append("new", to: "x.csv")
      try folder.append("new", to: "z.csv")
      #expect(try place.names().count { $0.hasSuffix(".partial") } == 2)
    }
    #expect(try place.names() == ["x.csv"])
    #expect(try place.text("x.csv") == "old")
  }

  @Test func aSecondRunReplacesTheFirst() throws {
    let place = try TestFolder()
    for run in ["a longer first run", "second", ""] {
      let folder = try ResultsFolder(place.path)
      try folder.append(run, to: "x.csv")
      try folder.append(run, to: "y.csv")
      try folder.publish()
      folder.discard()
      #expect(try place.names() == ["x.csv", "y.csv"])
      #expect(try place.text("x.csv") == run && place.text("y.csv") == run)
    }
  }

  @Test func oneFolderCanPublishTwice() throws {
    let place = try TestFolder()
    let folder = try ResultsFolder(place.path)
    for text in ["one", "two"] {
      try folder.append(text, to: "x.csv")
      try folder.publish()
      #expect(try place.text("x.csv") == text)
    }
    try folder.publish()
    folder.discard()
    #expect(try place.names() == ["x.csv"])
  }

  @Test func aFolderHasOneOwner() throws {
    let place = try TestFolder()
    let first = try ResultsFolder(place.path)
    try first.append("first", to: "x.csv")
    let error = try #require(throws: FilesError.self) { try ResultsFolder(place.path) }
    guard case .owned(place.path, let owner) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(owner?.hasPrefix("process \(getpid()) on ") == true)
    try first.publish()
    #expect(try place.text("x.csv") == "first")
    first.discard()
    try ResultsFolder(place.path).publish()
    #expect(try place.names() == ["x.csv"])
  }

  @Test func aFolderWhoseLockIsGonePublishesNothing() throws {
    let place = try TestFolder()
    let first = try ResultsFolder(place.path)
    try first.append("first", to: "x.csv")
    try FileManager.default.removeItem(atPath: place.path(".hemlock-lock"))
    let second = try ResultsFolder(place.path)
    try second.append("second", to: "x.csv")
    #expect(throws: FilesError.lost(path: place.path)) { try first.publish() }
    first.discard()
    try second.publish()
    #expect(try place.text("x.csv") == "second")
  }

  /// Names that a run will use are links to a file of somebody's.
  @Test func linksInTheFolderAreReplaced() throws {
    let place = try TestFolder()
    try place.write("precious", to: "victim")
    for name in [".probe.partial", ".x.csv.partial", "x.csv"] {
      try place.link(name, to: place.path("victim"))
    }
    let folder = try ResultsFolder(place.path)
    try folder.append("text", to: "x.csv")
    try folder.publish()
    #expect(try place.text("victim") == "precious")
    #expect(try place.text("x.csv") == "text")
  }

  @Test func outdatedFilesGoAndFoldersStay() throws {
    let place = try TestFolder()
    try place.write("old", to: "a.svg")
    try FileManager.default.createDirectory(
      atPath: place.path("b.svg"), withIntermediateDirectories: true)
    let folder = try ResultsFolder(place.path)
    try folder.append("new", to: "c.svg")
    folder.removeOthers(of: ["a.svg", "b.svg", "c.svg"])
    try folder.publish()
    folder.discard()
    #expect(try place.names() == ["b.svg", "c.svg"])
  }

  @Test func discardingTakesBackWhatARunMade() throws {
    let place = try TestFolder()
    for name in ["x.csv", "notes.txt", ".hidden", ".thesis.partial"] {
      try place.write("old", to: name)
    }
    let before = try place.names()
    let folder = try ResultsFolder(place.path)
    try folder.append("new", to: "x.csv")
    folder.discard()
    #expect(try place.names() == before && place.text("x.csv") == "old")
    let new = try ResultsFolder(place.path("new/er"))
    try new.append("new", to: "x.csv")
    new.discard()
    #expect(try place.names() == before)
  }

  /// Below a regular file there can be no folder, whoever asks.
  @Test(arguments: ["file", "file/below", "file/far/below"])
  func foldersThatCannotBeAreRefused(_ name: String) throws {
    let place = try TestFolder()
    try place.write("text", to: "file")
    let path = place.path(name)
    let error = try #require(throws: FilesError.self) { try ResultsFolder(path) }
    guard case .unwritable(path, let reason) = error else {
      Issue.record("\(error)")
      return
    }
    #expect([ENOTDIR, EEXIST].contains(reason.code), "\(reason)")
    #expect(error.description == "\(path) cannot be written: \(reason)")
    #expect(!error.description.contains { $0.isNewline })
    #expect(try place.text("file") == "text")
  }

  @Test func foldersThatVanishAreReported() throws {
    let place = try TestFolder()
    let folder = try ResultsFolder(place.path("results"))
    try folder.append("text", to: "x.csv")
    try FileManager.default.removeItem(atPath: place.path("results"))
    let late = try #require(throws: FilesError.self) { try folder.append("b", to: "y.csv") }
    let error = try #require(throws: FilesError.self) { try folder.publish() }
    #expect(late.description.contains("No such file or directory"), "\(late)")
    #expect(error == .lost(path: place.path("results")), "\(error)")
    #expect(late.description.hasPrefix(place.path("results/y.csv")))
  }

  @Test func namesOfFoldersAreNoFiles() throws {
    let place = try TestFolder()
    try FileManager.default.createDirectory(
      atPath: place.path("x.csv/inside"), withIntermediateDirectories: true)
    let folder = try ResultsFolder(place.path)
    #expect(throws: FilesError.unsuitable(path: place.path("x.csv"), kind: "a folder")) {
      try folder.append("text", to: "x.csv")
    }
    #expect(FileManager.default.fileExists(atPath: place.path("x.csv/inside")))
  }
}
