import Foundation
import Reporting
import Testing

struct ResultsPathTests {
  @Test func filesInTheWayAreNamed() throws {
    let place = try TemporaryFolder()
    try Data("text".utf8).write(to: place.url.appending(path: "file"))
    for name in ["file", "file/below", "file/far/below"] {
      let path = place.path(name)
      #expect(throws: ReportingError.obstructed(path: path, obstacle: place.path("file"))) {
        try ResultsPath(path, files: ["x.csv"], sparing: "none.csv")
      }
    }
    #expect(try place.names() == ["file"])
    #expect(
      ReportingError.obstructed(path: "a/b", obstacle: "a").description
        == "a/b cannot be written: a is a file, not a folder")
  }

  @Test func theDataAreSpared() throws {
    let place = try TemporaryFolder()
    let data = place.path("train.csv")
    try Data("x,y\n".utf8).write(to: place.url.appending(path: "train.csv"))
    try FileManager.default.createSymbolicLink(
      at: place.url.appending(path: "link"), withDestinationURL: place.url)
    for folder in [place.path, place.path("link"), place.path("sub/..")] {
      #expect(throws: ReportingError.wouldReplace(path: folder, data: data)) {
        try ResultsPath(folder, files: ["run.json", "train.csv"], sparing: data)
      }
      #expect(throws: Never.self) {
        try ResultsPath(folder, files: ["run.json"], sparing: data)
      }
    }
    #expect(
      ReportingError.wouldReplace(path: "f", data: "d").description
        == "results in f would replace d, the data; choose another folder")
  }

  @Test func discardingTakesBackWhatARunMade() throws {
    let place = try TemporaryFolder()
    let path = try ResultsPath(place.path("new"), files: ["x.csv"], sparing: "none.csv")
    #expect(try place.names().isEmpty, "checking makes nothing")
    let folder = try ResultsFolder(path.path)
    try folder.append("text", to: "x.csv")
    path.discard()
    #expect(try place.names().isEmpty)
    path.discard()
  }

  @Test func discardingLeavesWhatWasThere() throws {
    let place = try TemporaryFolder()
    for name in ["x.csv", "notes.txt", ".hidden"] {
      try Data("old".utf8).write(to: place.url.appending(path: name))
    }
    let path = try ResultsPath(place.path, files: ["x.csv"], sparing: "none.csv")
    let folder = try ResultsFolder(path.path)
    try folder.append("new", to: "x.csv")
    path.discard()
    #expect(try place.names() == [".hidden", "notes.txt", "x.csv"])
    #expect(try place.text("x.csv") == "old")
  }

  @Test func discardingKeepsANewFolderWithResults() throws {
    let place = try TemporaryFolder()
    let path = try ResultsPath(place.path("new"), files: ["x.csv"], sparing: "none.csv")
    let folder = try ResultsFolder(path.path)
    try folder.append("text", to: "x.csv")
    try folder.publish()
    path.discard()
    #expect(try place.names(in: "new") == ["x.csv"])
  }
}
