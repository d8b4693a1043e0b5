import Datasets
import LinAlg
import TestSupport
import Testing

/// Chunks read on all cores give what the reader gives row by row: bit for bit, errors included.
@Suite("CSV in chunks")
struct CSVChunksTests {
  private enum Outcome: Equatable {
    case set([UInt64], [Int], [String], String)
    case error(DatasetsError)
  }

  private static func outcome(
    _ bytes: [UInt8], _ options: TableOptions, chunkByteCount: Int?
  ) -> Outcome {
    do throws(DatasetsError) {
      let set = try CSVReader.read(
        bytes: bytes, name: "f", file: "f.csv", options: options, chunkByteCount: chunkByteCount)
      return .set(
        set.features.elements.map(\.bitPattern), set.labels, set.classNames, set.digest)
    } catch {
      return .error(error)
    }
  }

  private static func expectEqual(
    _ bytes: [UInt8], _ options: TableOptions = TableOptions(),
    _ location: SourceLocation = #_sourceLocation
  ) {
    let expected = outcome(bytes, options, chunkByteCount: nil)
    for count in [1, 7, 64, 1 << 20] {
      let found = outcome(bytes, options, chunkByteCount: count)
      #expect(
        found == expected, "\(count): \(String(decoding: bytes, as: UTF8.self).debugDescription)",
        sourceLocation: location)
    }
  }

  private static let numbers = [
    "0", "-0", "-0.0", "1", "+1", "007", ".5", "5.", "-.5", "0.1", "123456.789", "3.14159",
    "9007199254740992", "9007199254740993", "1234567890123456789", "12345678901234567890",
    "0.1234567890123456789", "0.0000000000000000001", "0.00000000000000000000001", "1e5", "1E-5",
    "2.5e+10", "1e22", "1e23", "1e-320", " 1", "1 ", "\t2.5 ", "1.7976931348623157e49",
    "00000000000000000000000000000001", "4.9406564584124654e-324", "0e0",
  ]

  private static let oddities = [
    "", "x", "nan", "-inf", "Infinity", "1e51", "1e999", "--1", "1.2.3", "1,2", "\"1\"", "\"", ".",
    "-", "e5", "1\r", "é", "1 2", "\u{0}", "0x1",
  ]

  private static let labels = [
    ["a", "b"], ["10", "9", "-1", "1.0"], ["ü", "日本", "😀"], [" x", "x ", "x"],
    (0..<40).map { "class \($0)" },
  ]

  /// A file of many kinds, most of which nothing is wrong with.
  private static func file(_ stream: inout RandomStream) -> [UInt8] {
    let columns = 1 + stream.integer(below: 4)
    let names = labels[stream.integer(below: labels.count)]
    let lineBreak = stream.integer(below: 3) == 0 ? "\r\n" : "\n"
    let rows = stream.integer(below: 30)
    let oddRow = stream.integer(below: 3) == 0 ? stream.integer(below: rows + 1) : -1
    var text = stream.integer(below: 5) == 0 ? "\u{FEFF}" : ""
    text += (0..<columns).map { "f\($0)," }.joined() + "y" + lineBreak
    for row in 0..<rows {
      var fields = (0..<columns).map { _ in numbers[stream.integer(below: numbers.count)] }
      fields.append(names[stream.integer(below: names.count)])
      if row == oddRow {
        switch stream.integer(below: 4) {
        case 0: fields.removeLast()
        case 1: fields.append("1")
        default:
          fields[stream.integer(below: fields.count)] =
            oddities[stream.integer(below: oddities.count)]
        }
      }
      text += fields.joined(separator: ",")
      if row < rows - 1 || stream.integer(below: 3) > 0 { text += lineBreak }
    }
    for _ in 0..<max(stream.integer(below: 6) - 3, 0) { text += lineBreak }
    return Array(text.utf8)
  }

  @Test(arguments: 0..<UInt32(4))
  func equalsTheSequentialReader(_ seed: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: 100 + seed)
    for _ in 0..<400 {
      let options = TableOptions(
        hasHeader: stream.integer(below: 4) > 0,
        target: [nil, ColumnReference("y"), ColumnReference("0")][stream.integer(below: 3)],
        ignoredColumns: stream.integer(below: 4) == 0 ? [ColumnReference("1")] : [],
        allowsNonFinite: stream.integer(below: 3) == 0)
      var bytes = Self.file(&stream)
      if stream.integer(below: 4) == 0, !bytes.isEmpty {
        bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
      }
      Self.expectEqual(bytes, options)
    }
  }

  /// Each number, alone and at the end, and each oddity in the last row.
  @Test func equalsItForEachField() {
    for number in Self.numbers + Self.oddities {
      for end in ["", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n\r\n", "\n\n\n", "\r", ","] {
        Self.expectEqual(Array("a,y\n1,u\n2,v\n\(number),u\(end)".utf8))
        Self.expectEqual(
          Array("u,1\nv,2\nu,\(number)\(end)".utf8),
          TableOptions(hasHeader: false, target: ColumnReference("0")))
      }
    }
  }

  @Test(
    arguments: [
      [], [0x0A], [0x0D, 0x0A], [0xEF, 0xBB, 0xBF], Array("a,y".utf8), Array("a,y\n".utf8),
      Array("a,y\n\n".utf8), Array("a,y\r\n\r\n".utf8), Array("a,y\n1,u\n1,\u{FF}".utf8),
      Array("a,y\n1,u\n1,".utf8) + [0xFF], Array("a,y\n1,u\n".utf8) + [0xC3, 0x2C, 0x75],
      Array("a,y\n1,u\n2,v\n,".utf8), Array("a,y\n1,u\n2,".utf8), Array("a,b,y\n1,1,u\n2,v".utf8),
    ] as [[UInt8]])
  func equalsItForFilesThatEndAtOnce(_ bytes: [UInt8]) {
    for hasHeader in [true, false] {
      Self.expectEqual(bytes, TableOptions(hasHeader: hasHeader))
      Self.expectEqual(
        bytes, TableOptions(hasHeader: hasHeader, target: .last, ignoredColumns: [.init("0")]))
    }
  }
}
