import Foundation
import Provenance
import Testing

struct DVCPointerTests {
  /// Byte for byte as DVC 3.67.1 wrote them; the fixture says which names.
  @Test func writesWhatDVCWrites() throws {
    for pointer in try ProvenanceReference.load().pointers {
      let ours = DVCPointer(to: Array(pointer.content.utf8), name: pointer.name)
      #expect(ours.text == pointer.text)
      #expect(DVCPointer.isPlain(pointer.text))
    }
  }

  @Test(arguments: [
    "", "outs:\n", "outs:\n- md5: 9dd4e461268c8034f5c8564e155c67a6\n  size: 1\n  path: a\n",
    "outs:\n- md5: 9dd4e461268c8034f5c8564e155c67a6\n  size: 1\n  hash: md5\n  path: a\n  desc: x\n",
    "desc: x\nouts:\n- md5: 9dd4e461268c8034f5c8564e155c67a6\n  size: 1\n  hash: md5\n  path: a\n",
  ])
  func leavesOtherPointersAlone(text: String) throws {
    #expect(!DVCPointer.isPlain(text))
    try withProvenanceFolder { folder in
      let path = folder.appendingPathComponent("a").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".dvc"))
      #expect(throws: ProvenanceError.foreignPointer(path: path + ".dvc")) {
        try DVCPointer(to: [1], name: "a").write(beside: path)
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".dvc")) == Data(text.utf8))
    }
  }

  @Test func findsTheCache() throws {
    try withProvenanceFolder { folder in
      let inside = folder.appendingPathComponent("deep/er")
      try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
      let file = inside.appendingPathComponent("d.csv").path
      #expect(DVCFolder(of: file) == nil)
      let dvc = folder.resolvingSymlinksInPath().appendingPathComponent(".dvc")
      try FileManager.default.createDirectory(at: dvc, withIntermediateDirectories: true)
      let config = dvc.appendingPathComponent("config")
      let local = dvc.appendingPathComponent("config.local")
      try Data("[core]\n    dir = no\n".utf8).write(to: config)
      #expect(try DVCFolder(of: file)?.cache() == dvc.path + "/cache")
      try Data("[core]\n    no_scm = True\n[cache]\n    dir = ../../x y\n".utf8).write(to: config)
      #expect(try DVCFolder(of: file)?.cache() == dvc.path + "/../../x y")
      try Data("[cache]\n    dir = /elsewhere\n".utf8).write(to: local)
      #expect(try DVCFolder(of: file)?.cache() == "/elsewhere")
    }
  }
}
