import Documents
import Testing
import Validation

/// A schema file that must be refused, and how.
struct RefusedSchema: Sendable, CustomTestStringConvertible {
  let text: String
  let mentions: [String]

  init(_ text: String, _ mentions: String...) {
    (self.text, self.mentions) = (text, mentions)
  }

  var testDescription: String { text.debugDescription }
}

struct SchemaErrorTests {
  private static let refused = [
    RefusedSchema("", "schema is empty", "--infer"),
    RefusedSchema("- a\n", "s.yaml:1:", "a schema cannot be a list", "mapping"),
    RefusedSchema("columns: {a: {type: text}\n", "s.yaml:2", "not YAML"),
    RefusedSchema("target: a\n", "s.yaml:1:", "lacks columns"),
    RefusedSchema("columns: {}\n", "s.yaml:1:10", "columns cannot be"),
    RefusedSchema("columns: {a: {}}\n", "the column \"a\" lacks type", "integer, number, text"),
    RefusedSchema("columns:\n  a: {type: float}\n", "s.yaml:2:13", "\"float\"", "integer, number"),
    RefusedSchema("columns:\n  a: {typ: text}\n", "s.yaml:2:", "\"typ\"", "did you mean type?"),
    RefusedSchema("colums: {}\n", "s.yaml:1:1", "did you mean columns?"),
    RefusedSchema(
      "columns:\n  a: {type: text, minimum: 1}\n", "s.yaml:2:", "minimum", "type text",
      "values, missing"),
    RefusedSchema("columns:\n  a: {type: number, minimum: x}\n", "minimum cannot be \"x\"", "1.5"),
    RefusedSchema(
      "columns:\n  a: {type: number, minimum: 3, maximum: 2}\n", "s.yaml:2:", "maximum",
      "from minimum, 3"),
    RefusedSchema(
      "columns:\n  a: {type: number, pattern: x}\n", "s.yaml:2:", "pattern", "type number",
      "minimum, maximum"),
    RefusedSchema(
      "columns: {a: {type: text, pattern: '(a'}}\n", "pattern cannot be \"(a\"", "regular"),
    RefusedSchema("columns: {a: {type: text, length: [3, 2]}}\n", "length", "a list", "[3, 8]"),
    RefusedSchema("columns: {a: {type: text, length: 3}}\n", "length cannot be \"3\"", "[3, 8]"),
    RefusedSchema(
      "columns: {a: {type: date, minimum: 3}}\n", "minimum cannot be \"3\"", "2026-03-01"),
    RefusedSchema(
      "columns:\n  a: {type: date, minimum: 2026-03-02, maximum: 2026-03-01}\n", "s.yaml:2:",
      "maximum", "from minimum, 2026-03-02"),
    RefusedSchema("columns: {a: {type: text, tolerate: -1}}\n", "tolerate", "from 0 to 10"),
    RefusedSchema(
      "columns: {a: {type: text}}\ndrift: {alpha: 1}\n", "s.yaml:2:", "alpha", "0 and 1"),
    RefusedSchema("columns: {a: {type: text}}\ndrift: {beta: 1}\n", "\"beta\"", "tolerate"),
    RefusedSchema("columns: {a: {type: text, missing: 2}}\n", "missing cannot be \"2\"", "0 to 1"),
    RefusedSchema("columns: {a: {type: text, values: []}}\n", "values", "empty list"),
    RefusedSchema("columns: {a: {type: text, unique: maybe}}\n", "unique", "true or false"),
    RefusedSchema("columns: {a: {type: text}}\ntarget: b\n", "s.yaml:2:", "\"b\"", "accepted: a"),
    RefusedSchema(
      "columns: {a: {type: text}}\nclasses: {u: [0, 1]}\n", "s.yaml:2:", "lacks target"),
    RefusedSchema(
      "columns: {a: {type: text}}\ntarget: a\nclasses: {u: 0.5}\n", "s.yaml:3:", "\"u\"", "least"),
    RefusedSchema(
      "columns: {a: {type: text}}\ntarget: a\nclasses: {u: [0.6, 0.5]}\n", "s.yaml:3:", "a list"),
    RefusedSchema(
      "columns: {a: {type: number}}\nrules: [\"a < b\"]\n", "s.yaml:2:", "no column \"b\""),
    RefusedSchema(
      "columns: {a: {type: number}}\nrules: [\"a << 1\"]\n", "s.yaml:2:", "character 4", "\"<\""),
    RefusedSchema("columns: {a: {type: number}}\nrules:\n - a +\n", "s.yaml:3:", "the end"),
    RefusedSchema("columns: {a: {type: number}}\nrules: [\"if a > 1\"]\n", "then"),
    RefusedSchema("columns: {a: {type: number}}\nrules: [\"a > 'x'\"]\n", "== or !="),
    RefusedSchema("columns: {a: {type: number}}\nrules: [\"a == 'x\"]\n", "nothing closes"),
    RefusedSchema("columns: {a: {type: number}}\nrules: [\"a == 1 ; 2\"]\n", "\";\""),
    RefusedSchema("columns: {a: {type: number}}\nrules: [\"1.2.3 < a\"]\n", "\"1.2.3\""),
    RefusedSchema("columns: {a: &x {type: number}}\n", "anchors"),
    RefusedSchema("columns: {a: *x}\n", "anchors"),
    RefusedSchema("columns: {a: {type: text}, a: {type: text}}\n", "\"a\"", "more than once"),
  ]

  @Test(arguments: refused) func saysWhatAndWhere(schema: RefusedSchema) throws {
    let error = try #require(throws: DocumentError.self) {
      _ = try SchemaFile(schema.text, file: "s.yaml")
    }
    for mention in schema.mentions { #expect("\(error)".contains(mention), "\(error)") }
  }

  @Test func deepRulesAreRefused() throws {
    for opening in ["(", "-"] {
      let text = String(repeating: opening, count: 100_000) + "1 < 2"
      let error = try #require(throws: RuleError.self) { _ = try Rule(text) }
      #expect(error.problem.contains("100"))
    }
  }

  @Test func absentFile() throws {
    let error = try #require(throws: DocumentError.self) {
      _ = try SchemaFile(contentsOf: "/nowhere/schema.yaml")
    }
    #expect(error.isInputOutput)
  }
}
