import Datasets
import Documents
import Testing

/// A file the reader must refuse, why, and with which options.
struct RefusedFile: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  let options: TableOptions
  let error: DatasetsError

  init(_ text: String, _ error: DatasetsError, options: TableOptions = TableOptions()) {
    self.init(bytes: Array(text.utf8), error, options: options)
  }

  init(bytes: [UInt8], _ error: DatasetsError, options: TableOptions = TableOptions()) {
    self.bytes = bytes
    self.options = options
    self.error = error
  }

  var testDescription: String { error.description }
}

private func at(_ line: Int, _ column: Int? = nil) -> FileLocation {
  FileLocation(file: "t.csv", line: line, column: column)
}

struct CSVReaderErrorTests {
  private static let syntax = [
    RefusedFile("", .emptyFile(file: "t.csv")),
    RefusedFile("\n", .emptyFile(file: "t.csv")),
    RefusedFile("\u{FEFF}\r\n", .emptyFile(file: "t.csv")),
    RefusedFile("", .emptyFile(file: "t.csv"), options: TableOptions(hasHeader: false)),
    RefusedFile("a,y", .noRows(file: "t.csv")),
    RefusedFile("a,y\n", .noRows(file: "t.csv")),
    RefusedFile("a,y\r\n\r\n", .noRows(file: "t.csv")),
    RefusedFile(
      bytes: Array("a,y\n1,".utf8) + [0x75, 0xFF], .invalidUTF8(at: at(2, 2), byte: 0xFF)),
    RefusedFile(
      bytes: Array("a,y\n\"1\n\n".utf8) + [0xC3, 0x28] + Array("\",u".utf8),
      .invalidUTF8(at: at(4, 1), byte: 0xC3)),
    RefusedFile(
      bytes: [0xEF, 0xBB] + Array("a,y\n".utf8), .invalidUTF8(at: at(1, 1), byte: 0xEF)),
    RefusedFile("a,y\n1,u\"v\n", .strayQuote(at: at(2, 2), text: "u\"v")),
    RefusedFile("a,y\n1, \"u\"\n", .strayQuote(at: at(2, 2), text: " \"u\"")),
    RefusedFile("a,y\n\"1\"2,u\n", .textAfterClosingQuote(at: at(2, 1), text: "2")),
    RefusedFile("a,y\n1,\"u\n\" x,\n", .textAfterClosingQuote(at: at(3, 2), text: " x")),
    RefusedFile("a,y\n1,\"u\n2,v\n", .unterminatedQuote(at: at(2, 2))),
    RefusedFile("a,y\n1,\"u\"\"\n", .unterminatedQuote(at: at(2, 2))),
    RefusedFile("a,y\r1,u\r", .strayCarriageReturn(at: at(1, 2))),
    RefusedFile("a,y\n1,u\r", .strayCarriageReturn(at: at(2, 2))),
    RefusedFile("a,b,y\n1,u\n", .raggedRow(at: at(2), found: 2, expected: 3)),
    RefusedFile("a,y\n1,u\n1,2,3,u\n", .raggedRow(at: at(3), found: 4, expected: 2)),
    RefusedFile("a,y\n1,u\n\n2,v\n", .raggedRow(at: at(3), found: 0, expected: 2)),
    RefusedFile("a,y\n1,u\n \n", .raggedRow(at: at(3), found: 1, expected: 2)),
    RefusedFile(
      "\"y\n\",a\n\"u\n\",1,3", .raggedRow(at: at(4), found: 3, expected: 2),
      options: TableOptions(target: ColumnReference("0"))),
  ]

  private static let columns = [
    RefusedFile("a,,y\n", .emptyColumnName(at: at(1, 2), index: 1)),
    RefusedFile("\"\",y\n", .emptyColumnName(at: at(1, 1), index: 0)),
    RefusedFile(
      "a,b,a,y\n1,2,3,u", .ambiguousColumn(file: "t.csv", name: "a", columns: [0, 2]),
      options: TableOptions(ignoredColumns: [ColumnReference("a")])),
    RefusedFile(
      "a,species\n1,u",
      .unknownColumn(
        file: "t.csv", reference: "specise", suggestion: "species", columns: ["a", "species"]),
      options: TableOptions(target: ColumnReference("specise"))),
    RefusedFile(
      "a,y\n1,u",
      .unknownColumn(file: "t.csv", reference: "2", suggestion: nil, columns: ["a", "y"]),
      options: TableOptions(target: ColumnReference("2"))),
    RefusedFile(
      "a,y\n1,u",
      .unknownColumn(file: "t.csv", reference: "-3", suggestion: nil, columns: ["a", "y"]),
      options: TableOptions(ignoredColumns: [ColumnReference("-3")])),
    RefusedFile(
      "a,y\n1,u", .ignoredTarget(file: "t.csv", column: "y"),
      options: TableOptions(ignoredColumns: [ColumnReference("y")])),
    RefusedFile("y\nu\nv", .noFeatureColumn(file: "t.csv", columns: ["y"])),
    RefusedFile(
      "a,y\n1,u", .noFeatureColumn(file: "t.csv", columns: ["a", "y"]),
      options: TableOptions(ignoredColumns: [ColumnReference("a")])),
  ]

  private static let values =
    [
      "abc", "1;5", "0x10", "1e", "1e+", ".", "+", "-", "--1", "1 2", "1_000", "1.2.3",
      "e5", "1d5", "nano", "\u{661}", "1\u{A0}", "NA", "?",
    ].map { text in
      RefusedFile(
        "a,b,y\n1,2,u\n1,\(text),v\n", .notANumber(at: at(3, 2), text: text, column: "b"))
    }
    + ["1e309", "-1.8e308", "1e99999999999999999999", "1e308", "-1.0000001e50"].map { text in
      RefusedFile(
        "a,b,y\n\(text),2,u\n", .numberOutOfRange(at: at(2, 1), text: text, column: "a"),
        options: TableOptions(allowsNonFinite: true))
    }
    + ["nan", "-NaN", "inf", "+INF", "Infinity"].map { text in
      RefusedFile("a,y\n\(text),u\n", .nonFiniteNumber(at: at(2, 1), text: text, column: "a"))
    } + [
      RefusedFile("a,y\n\"1\n\",u", .notANumber(at: at(2, 1), text: "1\n", column: "a")),
      RefusedFile("a,y\n\"1\"\"\",u", .notANumber(at: at(2, 1), text: "1\"", column: "a")),
      RefusedFile("a,y\n,u\n", .emptyNumber(at: at(2, 1), column: "a")),
      RefusedFile("a,y\n \t,u\n", .emptyNumber(at: at(2, 1), column: "a")),
      RefusedFile("a,y\n1,u\n2,\n", .emptyLabel(at: at(3, 2), column: "y")),
      RefusedFile("a,y\n1,u\n2,\"\"\n", .emptyLabel(at: at(3, 2), column: "y")),
      RefusedFile("a,y\n1,u\n2,u\n", .singleClass(file: "t.csv", label: "u", column: "y")),
      RefusedFile(
        "1,u\n2,u\n", .singleClass(file: "t.csv", label: "u", column: "column_1"),
        options: TableOptions(hasHeader: false)),
    ]

  @Test(arguments: syntax + columns + values)
  func refuses(_ file: RefusedFile) {
    #expect(throws: file.error) {
      try CSVReader.read(bytes: file.bytes, name: "t.csv", options: file.options)
    }
  }
}
