import Datasets
import LinAlg
import Testing

/// One number and one label a line, divided by a bar: a format that is not CSV.
private struct Bars: DataFormat {
  let name = "bars"
  let fileEndings = ["bar"]

  func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: "|") }
    return try Dataset(
      name: name,
      features: Matrix(
        rows: lines.count, columns: 1, elements: lines.map { Double($0[0]) ?? .nan }),
      labels: lines.map { $0[1] == "a" ? 0 : 1 }, classNames: ["a", "b"], featureNames: ["x"],
      targetName: "y")
  }
}

@Suite struct DataFormatTests {
  @Test(arguments: ["flowers.csv", "FLOWERS.CSV", "flowers", "flowers.txt", "/dev/stdin"])
  func filesOfNoOtherFormatAreCSV(_ path: String) {
    #expect(DataFormatCatalog.format(of: path).name == "CSV")
  }

  @Test func noTwoFormatsShareAnEnding() {
    let endings = DataFormatCatalog.formats.flatMap(\.fileEndings)
    #expect(Set(endings).count == endings.count && endings == endings.map { $0.lowercased() })
  }

  @Test func setsAreCalledLikeTheirFiles() throws {
    let bytes = Array("x,y\n1,a\n2,b\n".utf8)
    let set = try DataFile(path: "/tmp/some.rows.csv", bytes).dataset()
    #expect(set.name == "some.rows" && set.featureNames == ["x"] && set.classNames == ["a", "b"])
  }

  /// What changes some fields of a file has those of the data set where the file is not CSV.
  @Test func rowsOfOtherFormatsAreWrittenAsCSV() throws {
    let file = try DataFile(path: "some.bar", Array("0.5|a\n2|b\n".utf8), format: Bars())
    let (set, rows) = try file.written(options: TableOptions())
    #expect(rows.names == ["x", "y"] && rows.target == 1 && rows.features == [0])
    #expect(rows.count == 2 && Array(rows.fields(0)[0]) == Array("0.5".utf8))
    #expect(set.labels == [0, 1])
  }
}
