import Datasets
import Testing

@Suite struct CSVFaultsTests {
  private func found(_ text: String, _ options: TableOptions = TableOptions()) -> CSVFaults? {
    do {
      _ = try CSVReader.read(bytes: Array(text.utf8), name: "t.csv", options: options)
    } catch {
      if case .faults(let faults) = error { return faults }
    }
    return nil
  }

  @Test func namesAllColumnsAtOnce() throws {
    let faults = try #require(found("d,a,b,y\nx,1,?,u\nz,2,,v\nq,3,1e99,u\n"))
    #expect(faults.groups.map(\.column) == ["d", "b", "b"])
    #expect(faults.groups.map(\.kind) == [.text, .gap, .size])
    #expect(faults.groups.map(\.count) == [3, 2, 1] && faults.rowCount == 3)
    #expect(faults.columnsToIgnore == ["d", "b"])
    #expect(
      faults.description == """
        t.csv: 2 columns of 3 rows cannot be read:
          "d": no number in 3 of 3 rows: 2:1 ("x"), 3:1 ("z"), 4:1 ("q")
          "b": no value in 2 of 3 rows: 2:3 ("?"), 3:3
          "b": a number out of range in 1 of 3 rows: 4:3 ("1e99")
        """)
  }

  @Test func goesOnAfterRowsOfOtherLengths() throws {
    let faults = try #require(found("a,b,y\n1,2\n1,2,3,u\n\n1,x,v\n"))
    #expect(faults.raggedCount == 3 && faults.groups.map(\.column) == ["b"])
    #expect(faults.columnsToIgnore.isEmpty)
    #expect(faults.description.contains("line 2 has 2 of 3; line 3 has 4 of 3; line 4 has 0 of 3"))
  }

  @Test func saysWhereReadingEnds() throws {
    let faults = try #require(found("a,y\nx,u\n1,\"v\n2,w\n"))
    #expect(faults.description.contains("nothing is read from 3:2: the quotation mark"))
  }

  @Test func ignoresNothingWhereThatLeavesNothing() throws {
    #expect(try #require(found("a,b,y\nx,?,u\nx,?,v\n")).columnsToIgnore.isEmpty)
    #expect(try #require(found("a,b,y\nx,1,\nx,2,v\n")).columnsToIgnore.isEmpty)
  }

  /// The command that is named works.
  @Test func readsWithoutTheColumnsItNames() throws {
    let text = "d,a,\"e,f\",y\nx,1,?,u\nz,2,,v\n"
    let names = try #require(found(text)).columnsToIgnore
    let list = names.map(ColumnReference.item).joined(separator: ",")
    #expect(list == "d,\"e,f\"")
    let set = try CSVReader.read(
      bytes: Array(text.utf8), name: "t",
      options: TableOptions(ignoredColumns: ColumnReference.list(list)))
    #expect(set.featureNames == ["a"])
  }

  @Test(arguments: [
    ("a", ["a"]), ("a,b", ["a", "b"]), ("\"a,b\",c", ["a,b", "c"]), ("\"a\"\"b\"", ["a\"b"]),
    ("a\"b,c", ["a\"b", "c"]), ("\"a", ["\"a"]), ("\"a\"b", ["\"a\"b"]), ("-1,2", ["-1", "2"]),
    ("", [""]), ("a,", ["a", ""]),
  ])
  func dividesLists(_ text: String, _ names: [String]) {
    #expect(ColumnReference.list(text).map(\.text) == names)
  }
}
