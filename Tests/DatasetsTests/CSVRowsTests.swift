import Datasets
import Testing

struct CSVRowsTests {
  private func rows(_ text: String, _ options: TableOptions = TableOptions()) throws -> CSVRows {
    try CSVRows(bytes: Array(text.utf8), file: "data.csv", options: options)
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The fields put together again are the file.
  @Test(arguments: [
    "a,b,y\n1,2,u\n3,4,v\n", "a,b,y\n1,2,u\n3,4,v", "a,b,y\r\n1,2,u\r\n3,4,v\r\n",
    "\u{FEFF}a,b,y\n 1 ,\"2\",u\n03,4.50,v\n", "\u{FEFF}\"a\",b,y\n1,2,u\n3,4,v\n",
    "\"a\"\"b\",\"c,d\",\"y\nz\"\n\"1\",2,\"u\"\"\"\n3,\"4\",\"\nv,\"\n",
    "a,b,y\n1,2,\"\"\"u\"\"\"\n3,4,ü🌸\n",
  ])
  func keepsEveryByte(file: String) throws {
    let rows = try rows(file)
    let columns = rows.names.indices
    #expect(rows.count == 2 && columns.count == 3)
    let lines =
      [columns.map { text(rows.header[$0]) }]
      + (0..<2).map { row in columns.map { text(rows.fields(row)[$0]) } }
    let lineBreak = String(decoding: rows.lineBreak, as: UTF8.self)
    let joined =
      text(rows.mark) + lines.map { $0.joined(separator: ",") }.joined(separator: lineBreak)
    let isSame =
      Array(file.utf8) == Array(joined.utf8)
      || Array(file.utf8) == Array((joined + lineBreak).utf8)
    #expect(isSame, "\(file.debugDescription) became \(joined.debugDescription)")
  }

  @Test func knowsTheColumns() throws {
    let file = "id,y,a,n,b\n7,u,1,,2\n8,v,3,x,4\n"
    let rows = try rows(
      file,
      TableOptions(target: ColumnReference("y"), ignoredColumns: ["id", "n"].map { .init($0) }))
    #expect(rows.names == ["id", "y", "a", "n", "b"])
    #expect(rows.target == 1 && rows.features == [2, 4] && rows.hasHeader)
    #expect(text(rows.fields(1)[3]) == "x" && text(rows.fields(0)[3]) == "")
  }

  @Test func countsRowsWithoutAHeader() throws {
    let rows = try rows("1,u\n2,v\n", TableOptions(hasHeader: false))
    #expect(rows.count == 2 && rows.names == ["column_0", "column_1"])
    #expect(rows.header.isEmpty && text(rows.fields(0)[1]) == "u")
  }

  @Test func refusesWhatTheReaderRefuses() {
    #expect(throws: DatasetsError.self) { try rows("") }
    #expect(throws: DatasetsError.self) { try rows("a,y\n\"1,u\n") }
    #expect(throws: DatasetsError.self) {
      try rows("a,y\n1,u\n", TableOptions(target: ColumnReference("z")))
    }
  }
}
