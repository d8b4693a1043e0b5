import Files
import Foundation
import Testing

@Suite("What zlib has compressed")
struct InflateTests {
  /// `gzip.compress(b"abc" * 100, mtime=0)` of Python 3.11, and its middle part without the frame.
  private static let text = Array(String(repeating: "abc", count: 100).utf8)
  private static let gzip: [UInt8] = Array(
    Data(base64Encoded: "H4sIAAAAAAACA0tMSk4cRcQhAIS4xNAsAQAA") ?? Data())

  private func content(_ bytes: [UInt8], limit: Int = 1 << 20) throws(InflateError) -> [UInt8] {
    try Inflate.gzip(bytes.span, limit: limit)
  }

  @Test func wholeAndInSeveralParts() throws {
    #expect(try content(Self.gzip) == Self.text)
    #expect(try content(Self.gzip + Self.gzip) == Self.text + Self.text)
    #expect(try content(Self.gzip + [0, 0, 0]) == Self.text)
    #expect(try content(Self.gzip, limit: 300) == Self.text)
  }

  @Test func refusesWhatIsNotWhole() {
    #expect(throws: InflateError.truncated(offset: 12)) { try content(Array(Self.gzip.prefix(12))) }
    #expect(throws: InflateError.excess(offset: Self.gzip.count)) { try content(Self.gzip + [7]) }
    #expect(throws: InflateError.tooLarge(limit: 299)) { try content(Self.gzip, limit: 299) }
    #expect(throws: InflateError.tooLarge(limit: 500)) {
      try content(Self.gzip + Self.gzip, limit: 500)
    }
    var wrong = Self.gzip
    wrong[wrong.count - 8] ^= 1
    let error = #expect(throws: InflateError.self) { try content(wrong) }
    guard case .corrupt(_, "incorrect data check") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func withoutAFrame() throws {
    let bytes = Array(Self.gzip.dropFirst(10).dropLast(8))
    #expect(try Inflate.deflated(bytes.span, count: 300) == Self.text)
    let start = try Inflate.deflated(bytes.span, count: 10, isWhole: false)
    #expect(start == Array(Self.text.prefix(10)))
    #expect(throws: InflateError.self) { try Inflate.deflated(bytes.span, count: 299) }
    #expect(throws: InflateError.self) { try Inflate.deflated(bytes.span, count: 301) }
    #expect(throws: InflateError.self) { try Inflate.deflated((bytes + [0]).span, count: 300) }
    #expect(throws: InflateError.self) { try Inflate.deflated([UInt8]().span, count: 1) }
  }

  /// The check value of CRC-32 in the catalogue of Greg Cook.
  @Test func checksum() {
    #expect(Inflate.checksum(of: Array("123456789".utf8).span) == 0xCBF4_3926)
  }
}

@Suite("Files as a whole")
struct InputFileTests {
  @Test func readsFilesAndStreams() throws {
    #expect(throws: FilesError.self) { try InputFile.bytes(of: "/nowhere/file") }
    #expect(throws: FilesError.self) { try InputFile.bytes(of: "/") }
    #expect(InputFile.byteCount(of: "/") == nil && InputFile.byteCount(of: "/nowhere") == nil)
    // Files of the system say that they are empty, as pipes do.
    #expect(try InputFile.bytes(of: "/proc/self/status").count > 100)
    #expect(SystemMemory.availableByteCount > 1 << 20)
  }
}
