import Datasets
import Provenance
import Testing

struct TableDiffTests {
  private func side(_ text: String, hasHeader: Bool = true) throws -> TableDiff.Side {
    TableDiff.Side(
      TableVersion(
        try CSVRecords(
          bytes: Array(text.utf8), file: "d.csv",
          dialect: CSVDialect(divisionText: nil, hasHeader: hasHeader) ?? .plain)))
  }

  private func fields(_ row: TableDiff.Row) -> [String] {
    (row.fields ?? []).map { "\($0.column): \($0.old), \($0.new)" }
  }

  @Test func namesFields() throws {
    let diff = TableDiff(
      from: try side("a,b,y\n1,2,u\n3,4,v\n5,6,u\n"),
      to: try side("a,b,y\n1,2,u\n3,\"4,5\",w\n5,6,u\n7,8,v\n"))
    #expect(!diff.headerDiffers && diff.rows.count == 2)
    #expect(diff.rows[0].kind == .changed && diff.rows[0].old == 2 && diff.rows[0].new == 2)
    #expect(fields(diff.rows[0]) == ["b: 4, \"4,5\"", "y: v, w"])
    #expect(diff.rows[1].kind == .added && diff.rows[1].new == 4)
  }

  /// As `runner attack` writes a file: three more columns, and some cells changed.
  @Test func looksThroughOtherColumns() throws {
    let diff = TableDiff(
      from: try side("a,b,y\n1,2,u\n3,4,v\n"),
      to: try side("y,a,poisoned\nu,1,\nw,3,label\n"))
    #expect(diff.headerDiffers && diff.comparesSharedColumns)
    #expect(diff.addedColumns == ["poisoned"] && diff.removedColumns == ["b"])
    #expect(diff.rows.map(\.new) == [2])
    #expect(fields(diff.rows[0]) == ["y: v, w"])
  }

  @Test func comparesByPlaceWithoutAHeader() throws {
    let diff = TableDiff(
      from: try side("1,u\n2,v\n", hasHeader: false), to: try side("1,u\n2,w\n", hasHeader: false))
    #expect(diff.rows.map(\.old) == [2] && diff.rows[0].fields?.map(\.column) == ["column_1"])
  }

  @Test func findsNothingInOtherLineEnds() throws {
    #expect(TableDiff(from: try side("a\n1\n2\n"), to: try side("\u{FEFF}a\r\n1\r\n2")).isEmpty)
  }

  /// Hashes alone tell which rows, not which fields.
  @Test func worksFromHashes() throws {
    let old = TableVersion(
      try CSVRecords(bytes: Array("a\n1\n2\n".utf8), file: "d.csv", dialect: .plain))
    let diff = TableDiff(
      from: TableDiff.Side(leaves: old.tree.leaves, records: nil, hasHeader: true),
      to: try side("a\n1\n3\n"))
    #expect(diff.rows.map(\.new) == [2] && diff.rows[0].fields == nil)
  }
}
