import Files
import Foundation
import Testing

struct OutputFileTests {
  private func write(_ text: String, to path: String) throws {
    let file = try OutputFile(path)
    try file.append(text)
    try file.publish()
  }

  @Test func aFileIsThereWhenItIsWhole() throws {
    let place = try TestFolder()
    let file = try OutputFile(place.path("new/x.csv"))
    #expect(try place.names(in: "new").isEmpty)
    try file.append("a,b\n")
    try file.append("1,2\n")
    #expect(!FileManager.default.fileExists(atPath: place.path("new/x.csv")))
    try file.publish()
    #expect(try place.names(in: "new") == ["x.csv"])
    #expect(try place.text("new/x.csv") == "a,b\n1,2\n")
  }

  @Test func whatWasNotWrittenLeavesNoTrace() throws {
    let place = try TestFolder()
    do {
      let file = try OutputFile(place.path("new/er/x.csv"))
      try file.append("a")
    }
    #expect(try place.names().isEmpty)
  }

  @Test(arguments: [0o600, 0o640, 0o755])
  func permissionsStay(_ mode: Int) throws {
    let place = try TestFolder()
    try place.write("old", to: "x.csv")
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: place.path("x.csv"))
    try write("new", to: place.path("x.csv"))
    #expect(try place.text("x.csv") == "new")
    #expect(try place.mode(of: "x.csv") == mode)
  }

  @Test func linksAreFollowed() throws {
    let place = try TestFolder()
    try FileManager.default.createDirectory(
      atPath: place.path("far"), withIntermediateDirectories: true)
    try place.write("old", to: "far/x.csv")
    try place.link("near", to: "far/x.csv")
    try place.link("nearer", to: place.path("near"))
    try place.link("dangling", to: "far/y.csv")
    try write("new", to: place.path("nearer"))
    try write("made", to: place.path("dangling"))
    #expect(try place.text("far/x.csv") == "new")
    #expect(try place.text("far/y.csv") == "made")
    #expect(try place.names() == ["dangling", "far", "near", "nearer"])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: place.path("near")) == "far/x.csv")
  }

  @Test func devicesAreWrittenInto() throws {
    let place = try TestFolder()
    try place.link("null", to: "/dev/null")
    try write("gone", to: place.path("null"))
    let full = try #require(throws: FilesError.self) { try write("too much", to: "/dev/full") }
    #expect(full == .unwritable(path: "/dev/full", reason: SystemReason(ENOSPC)))
    for path in ["/dev/null", "/dev/full"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }
  }

  @Test func pipesAreWrittenInto() throws {
    let place = try TestFolder()
    // Safe: the path is a string.
    try #require(unsafe mkfifo(place.path("pipe"), 0o600) == 0)
    let reader = unsafe open(place.path("pipe"), O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    try write("text", to: place.path("pipe"))
    let bytes = try FileHandle(fileDescriptor: reader, closeOnDealloc: true).readToEnd()
    #expect(bytes == Data("text".utf8))
    #expect(try place.names() == ["pipe"])
  }

  @Test func foldersAndSocketsAreRefused() throws {
    let place = try TestFolder()
    #expect(throws: FilesError.unsuitable(path: place.path, kind: "a folder")) {
      try OutputFile(place.path)
    }
    let error = FilesError.unsuitable(path: "s", kind: "a socket").description
    #expect(error == "s cannot be written: it is a socket; choose another name")
    try place.write("text", to: "file")
    #expect(
      throws: FilesError.obstructed(path: place.path("file"), obstacle: place.path("file"))
    ) { try OutputFile(place.path("file/x.csv")) }
  }
}
