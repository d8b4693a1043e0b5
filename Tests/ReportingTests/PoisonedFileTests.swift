import Datasets
import LinAlg
import Poisoning
import Reporting
import Testing

/// Attacks that change features and labels and see validation rows, as the catalogue may have.
struct PoisonedFileTests {
  private static let text = "a,remark,b,y\n1.0,\"x\"\"\",2,u\n3,,4e0,v\n5,z,6,u\n7,,08,v\n"

  private static let options = TableOptions(
    target: ColumnReference("y"), ignoredColumns: [ColumnReference("remark")])

  private func file(
    level: Double, flow: Flow = .replace, text: String = text
  ) throws -> PoisonedFile {
    let bytes = Array(text.utf8)
    let dataset = try CSVReader.read(bytes: bytes, name: "data", options: Self.options)
    let rows = try CSVRows(bytes: bytes, file: "data", options: Self.options)
    let validation = LabeledRows(
      features: Matrix(rows: 1, columns: 2, elements: [0.1, 9]), labels: [1])
    return try PoisonedFile(
      dataset, rows: rows, attack: AimedFlip(), level: PoisonLevel(level), seed: 1,
      validation: validation, prefix: "")
  }

  @Test func changesWhatTheAttackChanges() throws {
    let file = try file(level: 0.5)
    let record = try JSONValue(
      parsing: JSONText.of(PoisonedRecord(file, path: "p.csv", prefix: "")))
    let poisoned = try #require(record.rows?.numbers).map { Int($0) }
    #expect(poisoned.count == 2)
    let before = Self.text.split(separator: "\n").map(String.init)
    let after = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(after[0] == before[0] + ",poisoned,row,was" && after.count == 5)
    for row in 1...4 {
      guard poisoned.contains(row) else {
        #expect(after[row] == before[row] + ",,\(row),")
        continue
      }
      // The first feature is new, the second and the remark are written as they were.
      let was = before[row].hasSuffix("u") ? "u" : "v"
      let tail = before[row].drop { $0 != "," }.dropLast()
      #expect(after[row] == "0.1" + tail + "u,features and label,\(row),\(was)")
    }
    #expect(record.attack?.threat?.sees_validation == .bool(true))
    #expect(record.output?.rows?.number == 4)
  }

  @Test func keepsWindowsLineBreaks() throws {
    let windows = Self.text.split(separator: "\n").map { $0 + "\r\n" }.joined()
    let text = String(decoding: try file(level: 0.25, text: windows).bytes, as: UTF8.self)
    #expect(text.utf8.count { $0 == 0x0D } == 5 && text.utf8.count { $0 == 0x0A } == 5)
  }

  @Test func refusesABudgetThatCannotBeSpent() {
    #expect(throws: PoisoningError.self) { try file(level: 1) }
  }

  @Test func findsColumnsOfItsOwnName() throws {
    let rows = { (header: String) in
      try CSVRows(
        bytes: Array("\(header),y\n1,u\n2,v\n".utf8), file: "data", options: TableOptions())
    }
    #expect(PoisonedFile.clash(with: try rows("was"), prefix: "") == "was")
    #expect(PoisonedFile.clash(with: try rows("was"), prefix: "x_") == nil)
    #expect(PoisonedFile.clash(with: try rows("x_row"), prefix: "x_") == "x_row")
  }
}
