import Datasets
import Testing
import Validation

/// What a rule says of the row a = 2, b = −3.5, `odd name` = 10, kind = red, gap = nothing.
struct RuleTests {
  private static let schemaColumns = """
    columns:
      a: {type: number}
      b: {type: number}
      odd name: {type: number}
      kind: {type: text}
      gap: {type: number, missing: 1}
    rules:
    """

  @Test(arguments: [
    ("a == 2", true), ("a + b * 2 == -5", true), ("(a + b) * 2 == -3", true),
    ("a - 1 - 1 == 0", true), ("8 / a / 2 == 2", true), ("-a < b", false), ("--a == a", true),
    ("`odd name` >= 1e1", true), ("1.5E+0 < a and a < 3", true), ("a < 3 and b > 0", false),
    ("kind == 'red'", true), ("kind != \"red\"", false), ("'red' == kind", true),
    ("if kind == 'blue' then a == 0", true), ("if kind == 'red' and a > 1 then b > 0", false),
    ("gap > 5", true), ("if gap > 5 then a == 0", true), ("a / 0 > 1e300", true),
    ("0 / 0 == 0 / 0", false), ("a != 2", false), ("a <= 2 and a >= 2", true),
  ])
  func rulesHold(text: String, holds: Bool) throws {
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let schema = try SchemaFile(
      "\(Self.schemaColumns)\n  - \"\(quoted)\"\n", file: "s.yaml"
    ).schema
    let table = try CSVTable(
      bytes: Array("a,b,odd name,kind,gap\n2,-3.5,10,red,\n".utf8), file: "t.csv")
    let results = SchemaCheck(table, against: schema).results
    let rule = try #require(results.first { $0.kind == .rule })
    #expect((rule.outcome == .passes) == holds)
    #expect(results.allSatisfy { $0.kind == .rule || $0.outcome == .passes })
  }
}
