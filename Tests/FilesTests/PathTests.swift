import Files
import Foundation
import Testing

struct PathTests {
  /// All paths of up to six of these bytes, against `dirname` of the C library.
  ///
  /// It calls no folder ".", and keeps two slashes at the beginning, which POSIX lets mean something of their own and
  /// Linux does not.
  @Test func parentsAreThoseOfTheCLibrary() {
    var paths = [""]
    for _ in 0..<6 {
      for path in paths {
        let expected = Self.directory(of: path)
        let parent = path.parentPath
        #expect((parent.isEmpty ? "." : parent) == expected, "of \(path)")
      }
      paths = paths.flatMap { path in ["a", ".", "/"].map { path + $0 } }
    }
    #expect(paths.count == 729)
  }

  @Test func onePlainNameHasNoFolder() {
    for name in ["p", "é", "e\u{301}", "\u{301}", "~", "plan.yaml"] {
      #expect(name.parentPath == "")
      #expect("data.csv".inFolder(name.parentPath) == "data.csv")
    }
    #expect("\u{301}/\u{301}".parentPath == "\u{301}")
    #expect("b".inFolder("a") == "a/b" && "b".inFolder("/") == "/b" && "b".inFolder("a/") == "a/b")
  }

  /// What `dirname` of the C library says.
  private static func directory(of path: String) -> String {
    // Safe: it may write into the copy, which ends with a zero and is there until its result is copied.
    var copy = path.utf8CString
    let found = unsafe copy.withUnsafeMutableBufferPointer { buffer in
      unsafe String(cString: dirname(buffer.baseAddress))
    }
    return found == "//" ? "/" : found
  }
}
