import Datasets
import Testing

/// Small files in every dialect, read as pandas reads them when it is told the dialect.
@Suite struct DialectGridTests {
  private static func options(_ one: DialectReference.Case, all: Bool) -> TableOptions {
    var options = TableOptions()
    var texts: [(DialectKey, String)] = one.encoding.map { [(.encoding, $0)] } ?? []
    if all {
      texts += [
        (.separator, one.separator), (.decimal, one.decimal),
        (.thousands, one.thousands.isEmpty ? "none" : one.thousands),
      ]
    }
    for (key, text) in texts {
      let isTaken = options.dialect.set(key, to: text)
      #expect(isTaken)
    }
    return options
  }

  private static func expect(
    _ table: CSVTable, like reference: DialectReference, _ name: String
  ) throws {
    for (column, values) in reference.numbers {
      let cells = try table.columns[table.column(ColumnReference(column))]
      #expect(cells.map(\.number) == values, "\(name): \(column)")
    }
    let kinds = try table.columns[table.column(ColumnReference("kind"))]
    #expect(kinds.map(\.text) == reference.kinds, "\(name)")
  }

  @Test func findsEveryDialect() throws {
    let reference = try DialectReference.load()
    for (one, bytes) in try reference.all() {
      do {
        let file = try DataFile(path: "t.csv", bytes)
        let (table, _) = try file.table(options: Self.options(one, all: false))
        try Self.expect(table, like: reference, one.name)
      } catch {
        Issue.record("\(one.name): \(error)")
      }
    }
  }

  @Test func takesEveryDialectThatIsNamed() throws {
    let reference = try DialectReference.load()
    for (one, bytes) in try reference.all() {
      do {
        let file = try DataFile(path: "t.csv", bytes)
        let (table, _) = try file.table(options: Self.options(one, all: true))
        try Self.expect(table, like: reference, one.name)
      } catch {
        Issue.record("\(one.name): \(error)")
      }
    }
  }

  /// What is found is what is named again, so a schema that keeps it reads the same.
  @Test func whatIsFoundCanBeNamed() throws {
    let reference = try DialectReference.load()
    for (one, bytes) in try reference.all() {
      guard
        let text = try? DataFile(path: "t.csv", bytes).text(
          options: Self.options(one, all: false))
      else { continue }
      var options = TableOptions(hasHeader: text.dialect.hasHeader)
      options.dialect = DialectOptions(text.dialect)
      let again = try DataFile(path: "t.csv", bytes).text(options: options)
      #expect(again?.dialect == text.dialect, "\(one.name)")
    }
  }
}
