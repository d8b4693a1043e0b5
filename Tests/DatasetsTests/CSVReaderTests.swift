import Datasets
import Foundation
import LinAlg
import TestSupport
import Testing

/// Reads `text` as the file `t.csv`.
func readCSV(
  _ text: String, _ options: TableOptions = TableOptions()
) throws(DatasetsError) -> Dataset {
  try CSVReader.read(bytes: Array(text.utf8), name: "t.csv", options: options)
}

struct CSVReaderTests {
  @Test(arguments: [
    "a,b,y\n1,2,u\n3,4,v\n",
    "a,b,y\n1,2,u\n3,4,v",
    "a,b,y\r\n1,2,u\r\n3,4,v\r\n",
    "a,b,y\n1,2,u\r\n3,4,v\n\n",
    "a,b,y\r\n1,2,u\r\n3,4,v\r\n\r\n",
    "\u{FEFF}a,b,y\n1,2,u\n3,4,v\n",
    "\u{FEFF}\"a\",b,\"y\"\n\"1\",2,\"u\"\n3,4,v",
    "a,b,y\n 1\t,+2,u\n3.,\" 4.0e0 \",v\n",
  ])
  func readsTheSameTable(_ text: String) throws {
    let set = try readCSV(text)
    #expect(set.features == Matrix(rows: 2, columns: 2, elements: [1, 2, 3, 4]))
    #expect(set.labels == [0, 1])
    #expect(set.classNames == ["u", "v"])
    #expect(set.featureNames == ["a", "b"])
    #expect(set.targetName == "y")
    #expect(set.name == "t.csv")
  }

  @Test func readsQuotedFields() throws {
    let set = try readCSV(
      "\"a,\"\"1\"\"\r\n\",y\n1,\"say \"\"hi\"\"\"\n2,\"two\nlines, a comma\"\n3,\"\"\"\"\n")
    #expect(set.featureNames == ["a,\"1\"\r\n"])
    #expect(set.classNames == ["\"", "say \"hi\"", "two\nlines, a comma"])
    #expect(set.labels == [1, 2, 0])
  }

  @Test func keepsLabelsVerbatim() throws {
    let set = try readCSV("a,y\n1, u\n1,u \n1,u\n1,\u{E9}\n1,e\u{301}\n")
    #expect(
      set.classNames.map { Array($0.utf8) } == [
        Array(" u".utf8), Array("e\u{301}".utf8), Array("u".utf8), Array("u ".utf8),
        Array("\u{E9}".utf8),
      ])
  }

  @Test(arguments: [
    // As numpy.unique orders numbers and text.
    (["10", "9", "-1"], ["-1", "9", "10"]),
    (["1e1", "9.5", ".5"], [".5", "9.5", "1e1"]),
    (["10", "9", "x"], ["10", "9", "x"]),
    (["b", "B", "a", "A"], ["A", "B", "a", "b"]),
    (["\u{1F600}", "\u{FF5E}", "z"], ["z", "\u{FF5E}", "\u{1F600}"]),
    (["1.0", "01", "1", "0"], ["0", "01", "1", "1.0"]),
    (["1e999", "-1e999", "0"], ["-1e999", "0", "1e999"]),
    (["nan", "1"], ["1", "nan"]),
  ])
  func ordersClasses(_ labels: [String], _ expected: [String]) throws {
    let set = try readCSV("a,y\n" + labels.map { "1,\($0)\n" }.joined())
    #expect(set.classNames == expected)
    #expect(set.labels.map { set.classNames[$0] } == labels)
  }

  @Test func takesColumnsByNameBeforeIndex() throws {
    let text = "2,1,0\n5,6,7\n8,9,10\n"
    #expect(try readCSV(text, TableOptions(target: ColumnReference("2"))).classNames == ["5", "8"])
    #expect(
      try readCSV("p,q,r\n5,6,7\n8,9,10\n", TableOptions(target: ColumnReference("2"))).targetName
        == "r")
    #expect(try readCSV(text, TableOptions(target: ColumnReference("-3"))).targetName == "2")
  }

  @Test func leavesIgnoredColumnsUnparsed() throws {
    let options = TableOptions(
      target: ColumnReference("y"),
      ignoredColumns: [ColumnReference("id"), ColumnReference("-1"), ColumnReference("0")])
    let set = try readCSV("id,y,a,note\nx7,u,1,\n,v,2,\"n,\"\n", options)
    #expect(set.featureNames == ["a"])
    #expect(set.features.elements == [1, 2])
  }

  @Test func namesColumnsOfFilesWithoutHeader() throws {
    let set = try readCSV(
      "1,u,2\n3,v,4", TableOptions(hasHeader: false, target: ColumnReference("1")))
    #expect(set.featureNames == ["column_0", "column_2"])
    #expect(set.targetName == "column_1")
    #expect(set.features.elements == [1, 2, 3, 4])
  }

  @Test func readsNonFiniteNumbersWhereAllowed() throws {
    let set = try readCSV(
      "a,y\nNaN,u\n-inf,v\n+Infinity,u\n inf ,u\n", TableOptions(allowsNonFinite: true))
    #expect(set.features[0, 0].isNaN)
    #expect(Array(set.features.elements[1...]) == [-.infinity, .infinity, .infinity])
  }

  @Test func roundsNumbersCorrectly() throws {
    // Python's float is correctly rounded.
    let decimals = try Reference.load().decimals.filter {
      abs($0.bits.value) <= Scaler.largestMagnitude
    }
    let set = try readCSV("a,y\n" + decimals.map { "\($0.text),\($0.text)x\n" }.joined())
    for (row, decimal) in decimals.enumerated() {
      #expect(
        set.features[row, 0].bitPattern == decimal.bits.value.bitPattern, "\(decimal.text)")
    }
  }

  @Test func readsFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "datasets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "two rows.csv")
    try Data("a,y\n1,u\n2,v\n".utf8).write(to: file)
    let set = try DataFile(contentsOf: file.path(percentEncoded: false)).dataset()
    #expect(set.name == "two rows")
    #expect(set.features.elements == [1, 2])
    let directory = folder.path(percentEncoded: false)
    #expect(
      throws: DatasetsError.unreadableFile(
        path: directory, reason: "it is a directory, not a file")
    ) {
      try DataFile(contentsOf: directory)
    }
    #expect(
      throws: DatasetsError.unreadableFile(
        path: directory + "none.csv", reason: "there is no such file")
    ) {
      try DataFile(contentsOf: directory + "none.csv")
    }
  }
}
