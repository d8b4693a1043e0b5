import Datasets
import LinAlg
import TestSupport
import Testing

@Suite struct DialectFuzzTests {
  private static let pieces: [[UInt8]] =
    [
      ",", ";", "\t", "|", " ", "\n", "\r\n", "\r", "\"", "'", "\"\"", "#", "%", "sep=;\n", "1,5",
      "1.234,5", "1,234", "-0.5", "1e3", "?", "NA", "a", "é", "\u{FEFF}", "@relation x\n",
      "@attribute a numeric\n", "@data\n", "{", "\n\n",
    ].map { Array($0.utf8) } + [
      [0], [0xFF, 0xFE], [0xC3], [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD],
    ]

  /// Whatever the bytes, there is a data set, or an error that says something.
  @Test(arguments: 0..<UInt32(8))
  func survivesAnyBytes(_ seed: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: seed)
    for _ in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<stream.integer(below: 40) {
        bytes += Self.pieces[stream.integer(below: Self.pieces.count)]
      }
      if stream.integer(below: 4) == 0 { bytes = bytes.flatMap { [$0, 0] } }
      var options = TableOptions()
      for key in DialectKey.allCases where stream.integer(below: 6) == 0 {
        let texts = [",", ";", "blanks", "tab", ".", "none", "#", "2", "latin-1", "utf-16", "'"]
        _ = options.dialect.set(key, to: texts[stream.integer(below: texts.count)])
      }
      if stream.integer(below: 3) == 0 { options.hasHeader = stream.integer(below: 2) == 0 }
      do {
        let file = try DataFile(path: "t.csv", bytes, limit: 1 << 20)
        _ = try? file.table(options: options)
        _ = try file.written(options: options)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  /// Rows are the same in chunks and one by one, in any dialect.
  @Test(arguments: 0..<UInt32(4))
  func chunksReadWhatTheScannerReads(_ seed: UInt32) throws {
    var stream = RandomStream(purpose: .testing, seed: 100 + seed)
    for round in 0..<200 {
      var dialect = CSVDialect.plain
      dialect.separator = Array(",;\t|:".utf8)[stream.integer(below: 5)]
      dialect.trimsBlanks = stream.integer(below: 2) == 0
      let isComma = dialect.separator != UInt8(ascii: ",") && stream.integer(below: 2) == 0
      dialect.marks = NumberMarks(
        decimal: UInt8(ascii: isComma ? "," : "."),
        thousands: stream.integer(below: 2) == 0 ? UInt8(ascii: "'") : nil)
      if stream.integer(below: 3) == 0 { dialect.comment = [UInt8(ascii: "#")] }
      let fields = ["1", "2*5", "-3*25", " 4", "1'000", "x", "", "#7", "0*1 "]
      var text = ""
      for row in 0..<stream.integer(below: 12) + 2 {
        let cells = (0..<2).map { _ in
          fields[stream.integer(below: stream.integer(below: 5) == 0 ? 9 : 4)]
        }
        let line = cells.map { $0.replacing("*", with: isComma ? "," : ".") } + ["l\(row % 2)"]
        let mark = String(decoding: [dialect.separator], as: UTF8.self)
        text += line.joined(separator: mark) + "\n"
      }
      let header = "a*b*y\n".replacing(
        "*", with: String(decoding: [dialect.separator], as: UTF8.self))
      let bytes = Array((header + text).utf8)
      func read(_ count: Int?) -> Result<Dataset, DatasetsError> {
        Result { () throws(DatasetsError) in
          try CSVReader.read(
            bytes: bytes, name: "t", file: nil, options: TableOptions(), dialect: dialect,
            chunkByteCount: count)
        }
      }
      #expect(read(nil) == read(7), "round \(round): \(header + text)")
    }
  }
}
