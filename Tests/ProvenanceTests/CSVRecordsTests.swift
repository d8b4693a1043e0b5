import Datasets
import Documents
import Provenance
import Testing

struct CSVRecordsTests {
  private func records(_ text: String, hasHeader: Bool = true) throws -> CSVRecords {
    try CSVRecords(
      bytes: Array(text.utf8), file: "d.csv",
      dialect: CSVDialect(divisionText: nil, hasHeader: hasHeader) ?? .plain)
  }

  private func texts(_ records: CSVRecords) -> [String] {
    (0..<records.recordCount).map { String(decoding: records[$0], as: UTF8.self) }
  }

  /// Line ends and a byte order mark are no part of a record; quotation marks and spaces are.
  @Test func dividesAsWrittenByHand() throws {
    let table = try ProvenanceReference.load().table
    var versions: [TableVersion] = []
    for file in table.files {
      let records = try records(file)
      #expect(texts(records) == table.records)
      versions.append(TableVersion(records))
    }
    #expect(versions.allSatisfy { $0.tree.root.hexadecimal == table.root })
    #expect(versions[0].hash != versions[1].hash)
  }

  @Test func knowsFieldsAndColumns() throws {
    let records = try records("a,\"b\"\"c\",d\n1,\"x,y\",\"\"\n\"\n\",,3\n")
    #expect(records.rowCount == 2 && records.names == ["a", "b\"c", "d"])
    let fields = records.fields(1).map { String(decoding: $0, as: UTF8.self) }
    #expect(fields == ["1", "\"x,y\"", "\"\""])
    #expect(try records.column(ColumnReference("b\"c")) == ["x,y", ""])
    #expect(try records.column(ColumnReference("-1")) == ["", "3"])
    #expect(records.line(of: 1) == 2 && records.line(of: 2) == 3)
  }

  @Test func readsRowsWithoutAHeader() throws {
    let records = try records("1,u\n2,v", hasHeader: false)
    #expect(records.rowCount == 2 && records.names == ["column_0", "column_1"])
    #expect(try records.column(.last) == ["u", "v"])
  }

  /// A blank line is a record of one empty field, wherever it stands but at the end.
  @Test func keepsBlankAndRaggedRows() throws {
    let records = try records("a,b\n\n1\n1,2,3\n\n")
    #expect(texts(records) == ["a,b", "", "1", "1,2,3"])
    #expect(records.fields(1).map(Array.init) == [[]] && records.texts(1) == [""])
    #expect(
      throws: DatasetsError.raggedRow(
        at: FileLocation(file: "d.csv", line: 2), found: 1, expected: 2)
    ) {
      try records.column(ColumnReference("a"))
    }
  }

  @Test func refusesWhatIsNoTable() {
    #expect(throws: DatasetsError.emptyFile(file: "d.csv")) { try records("") }
    #expect(throws: DatasetsError.emptyFile(file: "d.csv")) { try records("\u{FEFF}\n") }
    #expect(throws: DatasetsError.self) { try records("a\n\"b\n") }
    #expect(throws: DatasetsError.noRows(file: "d.csv")) { try records("a,b\n").column(.last) }
    #expect(throws: DatasetsError.self) { try records("a,b\n1,2\n").column(ColumnReference("c")) }
  }
}
