import Datasets
import LinAlg
import TestSupport
import Testing

struct CSVReaderFuzzTests {
  private static let seeds = [
    "a,b,y\n1,2,u\n3,4.5e-3,v\n-.5,+6.,u\n",
    "\u{FEFF}\"a,\"\"1\"\"\",b,y\r\n1,\"2\",\"u\r\nx\"\r\nnan,-inf,\"v\"\"\"\r\n\r\n",
    "1,2,3\n4,5,6\n7,8,9",
    "é,naïve,日本\n1e49,1e-308,ü\n0,-0,😀\n",
  ]

  private static let fragments: [[UInt8]] =
    ["\"", "\"\"", ",", "\n", "\r\n", "\r", "\u{FEFF}", "e", ".", "-", "nan", "1e999", " ", "\0"]
    .map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98]]

  private static func mutated(_ bytes: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + stream.integer(below: 6)) {
      let place = stream.integer(below: bytes.count + 1)
      switch stream.integer(below: 5) {
      case 0:
        bytes.insert(UInt8(stream.integer(below: 256)), at: place)
      case 1:
        bytes.insert(
          contentsOf: fragments[stream.integer(below: fragments.count)], at: place)
      case 2 where place < bytes.count:
        bytes[place] = UInt8(stream.integer(below: 256))
      case 3 where place < bytes.count:
        let length = 1 + stream.integer(below: min(8, bytes.count - place))
        bytes.removeSubrange(place..<place + length)
      default:
        let start = stream.integer(below: bytes.count + 1)
        bytes.insert(contentsOf: bytes[min(start, place)..<max(start, place)], at: place)
      }
    }
    return bytes
  }

  /// Whatever the bytes, the reader returns a set that survives being written and read again, or
  /// an error of one line about a line of the file.
  @Test(arguments: 0..<UInt32(8))
  func survivesAnyBytes(_ seed: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: seed)
    for round in 0..<1000 {
      let bytes = Self.mutated(
        Array(Self.seeds[stream.integer(below: Self.seeds.count)].utf8), &stream)
      let options = TableOptions(
        hasHeader: stream.integer(below: 4) > 0,
        target: ColumnReference(["-1", "0", "y", "1"][stream.integer(below: 4)]),
        allowsNonFinite: stream.integer(below: 2) == 0)
      do throws(DatasetsError) {
        let set = try CSVReader.read(bytes: bytes, name: "f", options: options)
        let again = try CSVReader.read(
          bytes: Array(set.csv().utf8), name: "f",
          options: TableOptions(target: ColumnReference(set.targetName), allowsNonFinite: true))
        #expect(again == set, "seed \(seed), round \(round): \(bytes)")
      } catch {
        let isOneLine = !error.description.contains { $0.isNewline }
        // Several faults have a line each.
        let isGroup = if case .faults = error { true } else { false }
        #expect(isOneLine || isGroup)
        #expect(!error.isInputOutput)
      }
    }
  }

  @Test func readsAllNumbersAsTheStandardLibraryDoes() throws {
    var stream = RandomStream(purpose: .testing, seed: 9)
    var texts: [String] = []
    for _ in 0..<5000 {
      var digits = String(stream.integer(below: 1 << 31))
      if stream.integer(below: 2) == 0 { digits += String(stream.integer(below: 1 << 31)) }
      let place = stream.integer(below: digits.count + 1)
      let exponent = stream.integer(below: 60) - 30
      texts.append("\(digits.prefix(place)).\(digits.dropFirst(place))e\(exponent)")
    }
    let set = try readCSV(
      "a,y\n" + texts.enumerated().map { "\($0.element),\($0.offset % 2)\n" }.joined())
    for (row, text) in texts.enumerated() {
      #expect(set.features[row, 0] == Double(text), "\(text)")
    }
  }
}
