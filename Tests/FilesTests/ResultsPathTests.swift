import Files
import Foundation
import Testing

struct ResultsPathTests {
  @Test func filesInTheWayAreNamed() throws {
    let place = try TestFolder()
    try place.write("text", to: "file")
    for name in ["file", "file/below", "file/far/below"] {
      let path = place.path(name)
      #expect(throws: FilesError.obstructed(path: path, obstacle: place.path("file"))) {
        try ResultsPath(path, files: ["x.csv"], sparing: "none.csv")
      }
    }
    #expect(try place.names() == ["file"])
    #expect(
      FilesError.obstructed(path: "a/b", obstacle: "a").description
        == "a/b cannot be written: a is a file, not a folder")
  }

  @Test func theDataAreSpared() throws {
    let place = try TestFolder()
    let data = place.path("train.csv")
    try place.write("x,y\n", to: "train.csv")
    try place.link("link", to: place.path)
    for folder in [place.path, place.path("link"), place.path("sub/..")] {
      #expect(throws: FilesError.wouldReplace(path: folder, data: data)) {
        try ResultsPath(folder, files: ["run.json", "train.csv"], sparing: data)
      }
      #expect(throws: Never.self) {
        try ResultsPath(folder, files: ["run.json"], sparing: data)
      }
    }
    #expect(
      FilesError.wouldReplace(path: "f", data: "d").description
        == "results in f would replace d, the data; choose another folder")
  }
}
