import Datasets
import TestSupport
import Testing
import Validation

/// Schemas: read, written, inferred, and held against tables as pandera does.
struct SchemaTests {
  /// A class may be called as gaps are elsewhere.
  @Test func missingTextsAreClasses() throws {
    let rows = (0..<30).map { "\($0 % 3 == 0 ? "NA" : "\($0)"),\(["EU", "NA", "AS"][$0 % 3])\n" }
    let table = try Self.table("x,region\n" + rows.joined())
    let schema = SchemaInference(of: table, target: 1).schema
    #expect(schema.columns[1].values == ["AS", "EU", "NA"] && schema.columns[1].missing == 0)
    #expect(schema.columns[0].missing > 0 && schema.classShares.map(\.label) == ["AS", "EU", "NA"])
    #expect(SchemaCheck(table, against: schema).results.allSatisfy { $0.outcome != .fails })
    let findings = PlainCheck(table, target: 1).results
    #expect(
      !findings.contains { $0.kind == .missing && $0.subject == "region" && $0.outcome != .passes })
  }

  private static func table(_ csv: String) throws -> CSVTable {
    try CSVTable(bytes: Array(csv.utf8), file: "data.csv")
  }

  @Test func verdictsArePanderas() throws {
    let cases = try ValidationReference.shared.get().schemas
    for verdict in cases {
      let schema = try SchemaFile(verdict.schema, file: "schema.yaml").schema
      let results = SchemaCheck(try Self.table(verdict.csv), against: schema).results
      let failed = results.filter { $0.outcome == .fails }
      let rows = Set(failed.flatMap(\.rows)).sorted()
      #expect(rows == verdict.rows, "\(verdict.name)")
      let columns = failed.filter { $0.kind == .columns }.compactMap(\.subject)
      #expect(columns == verdict.columns, "\(verdict.name)")
    }
    #expect(cases.contains { !$0.rows.isEmpty } && cases.contains { $0.rows.isEmpty })
  }

  @Test(arguments: EmbeddedDataset.allCases) func inferredSchemaHoldsAndSurvivesYAML(
    set: EmbeddedDataset
  ) throws {
    let dataset = set.load()
    let table = try Self.table(dataset.csv())
    let target = try table.column(ColumnReference(dataset.targetName))
    var schema = SchemaInference(of: table, target: target).schema
    let text = schema.yaml(source: "data.csv")
    let read = try SchemaFile(text, file: "schema.yaml").schema
    for index in schema.columns.indices { schema.columns[index].remark = nil }
    #expect(read == schema)
    let failed = SchemaCheck(table, against: read).results.filter { $0.outcome == .fails }
    #expect(failed.isEmpty, "\(failed)")
    #expect(schema.target == dataset.targetName)
    #expect(schema.classShares.map(\.label).sorted() == dataset.classNames.sorted())
  }

  @Test func inferenceFindsKindsRangesAndRules() throws {
    var csv = "id,low,high,kind,\"odd, name\",note\n"
    for row in 0..<40 {
      let low = Double(row % 7) / 4
      csv += "\(row),\(low),\(low + Double(row % 3)),\(row % 2 == 0 ? "a" : "b"),"
      csv += "\(row % 5 == 0 ? "" : "\(row % 11)"),text \(row)\n"
    }
    let schema = SchemaInference(of: try Self.table(csv)).schema
    #expect(schema.columns.map(\.kind) == [.integer, .number, .number, .text, .integer, .text])
    #expect(schema.columns.map(\.isUnique) == [true, false, false, false, false, true])
    #expect(schema.columns[1].minimum == 0)
    #expect(schema.columns[3].values == ["a", "b"])
    #expect(schema.columns[4].missing == 0.3)
    #expect(schema.columns[0].maximum == nil)
    #expect(schema.rules.map(\.text) == ["low <= high"])
    let read = try SchemaFile(schema.yaml(source: "x"), file: "schema.yaml").schema
    #expect(read == schema)
  }

  /// Dates are inferred but for strays, and read back; what was written is what is asked for.
  @Test func datesAndTolerancesSurviveYAML() throws {
    let rows = (0..<40).map { "\($0 == 9 ? "soon" : "2026-01-\($0 % 9 + 11)"),\($0 % 4)\n" }
    let table = try Self.table("seen,x\n" + rows.joined())
    var schema = SchemaInference(of: table).schema
    #expect(schema.columns[0].kind == .date && schema.columns[1].kind == .integer)
    // 2026-01-11 is 20,464 days after 1970-01-01.
    #expect(schema.columns[0].minimum == 20_464 && schema.columns[0].maximum == nil)
    let failed = SchemaCheck(table, against: schema).results.filter { $0.outcome == .fails }
    #expect(failed.map(\.kind) == [.type] && failed[0].rows == [9])
    #expect(PlainCheck(table).results.contains { $0.kind == .type && $0.rows == [9] })
    schema.columns[0].maximum = 20_464.5
    schema.columns[1].tolerance = 0.25
    (schema.tolerance, schema.alpha) = (0.1, 0.01)
    var tag = schema.columns[1]
    (tag.name, tag.kind, tag.minimum, tag.maximum) = ("tag", .text, nil, nil)
    (tag.tolerance, tag.length) = (nil, 2...7)
    tag.pattern = TextPattern(#"[a-z]+'"\d: #x"#)
    schema.columns.append(tag)
    let text = schema.yaml(source: "x")
    #expect(text.contains("maximum: 2026-01-11T12:00:00"))
    #expect(try SchemaFile(text, file: "schema.yaml").schema == schema)
    #expect(schema.tolerances == ["x": 0.25])
  }

  @Test func textAmongNumbersIsFound() throws {
    let rows = (0..<30).map { "\($0 == 7 ? "seven" : "\($0 % 9)"),\($0 % 2)" }
    let table = try Self.table("x,y\n" + rows.joined(separator: "\n") + "\n")
    let schema = SchemaInference(of: table).schema
    #expect(schema.columns[0].kind == .integer)
    for results in [SchemaCheck(table, against: schema).results, PlainCheck(table).results] {
      let found = try #require(results.first { $0.kind == .type && $0.subject == "x" })
      #expect(found.outcome == .fails)
      #expect(found.rows == [7])
      #expect(found.finding.contains("\"seven\" in line 9"))
    }
  }

  @Test func plainCheckNotesAndFails() throws {
    let far = (0..<40).map { "\($0 == 0 ? "1e9" : "\($0 % 4)"),1,\($0 < 38 ? "u" : "v")" }
    let results = PlainCheck(
      try Self.table("x,c,y\n" + far.joined(separator: "\n") + "\n"), target: 2
    ).results
    let notes = Set(results.filter { $0.outcome == .note }.map(\.kind))
    #expect(notes == [.outliers, .constant, .copies, .contradictions, .classes])
    #expect(!results.contains { $0.outcome == .fails })
    let single = PlainCheck(try Self.table("x,y\n1,u\n2,u\n"), target: 1).results
    #expect(single.contains { $0.kind == .classes && $0.outcome == .fails })
    let infinite = PlainCheck(try Self.table("x,y\n1,u\ninf,v\n1e999,v\n")).results
    // Two of three values are not of numbers, so the column is one of text.
    #expect(!infinite.contains { $0.outcome == .fails })
  }

  @Test func classSharesAreChecked() throws {
    let schema = try SchemaFile(
      "columns: {y: {type: text}}\ntarget: y\nclasses: {a: [0.4, 0.6], b: [0, 1], c: [0.1, 1]}\n",
      file: "s"
    ).schema
    let results = SchemaCheck(try Self.table("y\na\na\na\nb\n"), against: schema).results
    let failed = results.filter { $0.outcome == .fails }
    #expect(failed.map(\.subject) == ["a", "c"])
  }
}
