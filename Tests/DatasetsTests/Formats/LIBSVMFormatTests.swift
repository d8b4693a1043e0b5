import Datasets
import LinAlg
import Testing

@Suite("LIBSVM")
struct LIBSVMFormatTests {
  private static func set(_ text: String, _ options: TableOptions = TableOptions()) throws
    -> Dataset
  {
    let file = try DataFile(path: "rows", Array(text.utf8))
    #expect(file.format is LIBSVMFormat)
    return try file.dataset(options: options)
  }

  @Test(arguments: [
    "+1 1:0.5 3:-2e0\n-1 2:7\n+1\n", "# made by hand\n1.0\t1:.5 3:-2 \r\n\n-1 2:7 # a row\r\n1",
    "1 1:0.5 3:-2\n-1 1:0 2:7\n1 3:0\n\n",
  ])
  func readsRowsThatLeaveZerosOut(_ text: String) throws {
    let set = try Self.set(text)
    #expect(set.features.elements == [0.5, 0, -2, 0, 7, 0, 0, 0, 0] && set.featureCount == 3)
    #expect(set.classNames == ["-1", "1"] && set.labels == [1, 0, 1])
    #expect(set.featureNames == ["column_0", "column_1", "column_2"] && set.targetName == "label")
  }

  @Test func leavesColumnsOut() throws {
    let set = try Self.set(
      "1 1:0.5 3:-2\n2 2:7\n", TableOptions(ignoredColumns: [ColumnReference("0")]))
    #expect(
      set.features.elements == [0, -2, 7, 0] && set.featureNames == ["column_1", "column_2"])
  }

  @Test(arguments: [
    ("1 1:2\n2 0:1\n", "rows:2: the index is 0"), ("1 1:2\n2 3:1 2:1\n", "index 2 follows 3"),
    ("1 1:2\n2 2:1 2:1\n", "index 2 follows 2"), ("1 1:2\n2.5 1:1\n", "\"2.5\" is no integer"),
    ("1 1:2\na 1:1\n", "\"a\" is no integer"), ("1 1:2\n1,2 1:1\n", "\"1,2\""),
    ("1 1:2\n2 qid:1 1:1\n", "no pair"), ("1 1:2\n2 1:nan\n", "1:nan"),
    ("1 1:2\n2 1:1e51\n", "1:1e51"), ("1 1:2\n2 1:\n", "\"1:\""), ("1 1:2\n2 1 :2\n", "no pair"),
    ("1 1:2\n2 1:2:3\n", "\"1:2:3\""), ("1 1:2\n1 2:3\n", "every row has the label"),
    ("1 1:2\n2 99999999999999999999:1\n", "no pair"), ("1 1:2\n2 1:1\u{1}\n", "no pair"),
    ("1 1:2\n\u{0} 1:1\n", "no integer"), ("1 1:2\n2 4000000000:1\n", "would take"),
  ])
  func refuses(_ text: String, _ words: String) {
    var options = TableOptions()
    options.memoryLimit = 1 << 30
    let reason = refusal(Array(text.utf8), "rows", options)
    #expect(reason.contains(words), "\(reason)")
  }

  @Test func needsNoTarget() {
    #expect(!LIBSVMFormat().needsTarget)
    #expect(
      refusal(Array("1 1:2\n2 1:1\n".utf8), "rows", TableOptions(target: .last))
        .contains("leave the target out"))
  }

  @Test(arguments: ["a,b\n1,2\n", "1\n2\n", "", "1 2:3,4\n", "a 1:2\n", "12:30,1\n"])
  func leavesOtherTextToCSV(_ text: String) {
    #expect(DataFormatCatalog.format(of: "rows", Array(text.utf8)) is CSVFormat)
  }
}
