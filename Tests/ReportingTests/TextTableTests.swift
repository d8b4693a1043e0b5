import Reporting
import Testing

struct TextTableTests {
  @Test func linesUpItsColumns() {
    var table = TextTable([("name", .left), ("value", .right), ("note", .left)])
    table.append(["a", "1.25", "x"])
    table.append(["longer", "-100.00"])
    table.appendGap()
    table.append(["b"])
    #expect(
      table.lines == [
        "name      value  note",
        "──────  ───────  ────",
        "a          1.25  x",
        "longer  -100.00",
        "",
        "b",
      ])
  }

  @Test func anEmptyTableIsItsHeader() {
    #expect(TextTable([("a", .left), ("bc", .right)]).lines == ["a  bc", "─  ──"])
    #expect(TextTable([]).lines == ["", ""])
  }

  /// Width is in characters as they are read, not in bytes or scalars.
  @Test func countsCharacters() {
    var table = TextTable([("naïve", .left), ("n", .right)])
    table.append(["e\u{301}te\u{301}", "1"])
    table.append(["± 2.5…3", "–"])
    #expect(
      table.lines == [
        "naïve    n", "───────  ─", "e\u{301}te\u{301}      1", "± 2.5…3  –",
      ])
  }

  @Test func leavesNoTrailingSpaces() {
    var table = TextTable([("left", .left), ("right", .right), ("", .left)])
    table.append(["", "", ""])
    table.append(["x", "", "long text"])
    #expect(table.lines.allSatisfy { !$0.hasSuffix(" ") })
    #expect(table.lines[2].isEmpty)
  }
}
