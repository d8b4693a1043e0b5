import Reporting
import Statistics
import Sweeps
import Testing

struct TableTests {
  private static func moments(_ values: [Double]) -> RunningMoments {
    values.reduce(into: RunningMoments()) { $0.add($1) }
  }

  @Test func linesUpItsColumns() {
    var table = Table([.text("name"), .percent("value"), .text("note")])
    table.append(["a", .number(0.0125), "x"])
    table.append(["longer", .number(-1)])
    table.startGroup()
    table.append(["b"])
    #expect(
      table.lines() == [
        "name      value  note",
        "──────  ───────  ────",
        "a          1.25  x",
        "longer  -100.00",
        "",
        "b",
      ])
  }

  /// Means stand under means, and what they are off by under the same, with marks or without.
  @Test func partsOfNumbersLineUp() {
    var table = Table([.text("a"), .percent("b", 1)])
    table.append(["x", .halfWidth(Self.moments([0.5, 0.5]))])
    table.append(["y", .mean(Self.moments([0.02]))])
    table.append(["z", .halfWidth(Self.moments([0.1, 0.1])).marked(" *")])
    table.append(["w", .unknown])
    let body = table.lines().dropFirst(2)
    #expect(Array(body) == ["x  50.0 ± 0.0", "y   2.0", "z  10.0 ± 0.0 *", "w           –"])
  }

  @Test func anEmptyTableIsItsHeader() {
    #expect(Table([.text("a"), .count("bc")]).lines() == ["a  bc", "─  ──"])
  }

  /// Width is in characters as they are read, not in bytes or scalars.
  @Test func countsCharacters() {
    var table = Table([.text("naïve"), .count("n")])
    table.append(["e\u{301}te\u{301}", .count(1_000)])
    #expect(table.lines() == ["naïve      n", "─────  ─────", "e\u{301}te\u{301}    1,000"])
  }

  /// However long names are and however many columns there are.
  @Test(arguments: [1, 6, 25], [10, 40, 300])
  func fitsATerminal(columns: Int, length: Int) {
    let name = String(repeating: "long-name:", count: length / 10)
    var table = Table(
      [.text("attack"), .level, .text("what it is good for")]
        + (0..<columns).map { .percent("number \($0)") })
    for _ in 0..<3 {
      table.append(
        [.text(name), .number(0.5), .text(String(repeating: "word ", count: length / 5))]
          + (0..<columns).map { .number(Double($0)) })
    }
    let lines = table.lines()
    #expect(lines.allSatisfy { $0.count <= 100 && !$0.hasSuffix(" ") })
    // Nothing is lost: each number is there, and each table has its names.
    for number in 0..<columns {
      #expect(lines.joined(separator: " ").contains("\(number * 100).00"))
    }
    let text = lines.joined()
    #expect(text.count { $0 == ":" } >= 3 * (length / 10))
  }

  @Test func machinesGetNumbersAsTheyAre() {
    var table = Table([
      .text("name"), .percent("share"), .count("rows"), .percent("ci95"), .percent("mean"),
    ])
    table.append([
      "a, \"b\"", .number(0.125), .count(12_000), .interval(Interval(from: 0, to: 0.5)),
      .halfWidth(Self.moments([0.25, 0.25])),
    ])
    table.append(["c", .missing, .count(1), .unknown, .unknown])
    #expect(
      table.csv == """
        name,share,rows,ci95_low,ci95_high,mean,mean_half_width
        "a, ""b\""",0.125,12000,0.0,0.5,0.25,0.0
        c,,1,,,,

        """)
    #expect(
      table.json == """
        {"columns": ["name","share","rows","ci95_low","ci95_high","mean","mean_half_width"],
        "data": [
        ["a, \\"b\\"",0.125,12000,0,0.5,0.25,0],
        ["c",null,1,null,null,null,null]
        ]}

        """)
  }

  @Test func notesOfMLflowHaveALimit() {
    var table = Table([.text("a|b"), .percent("x")])
    for row in 0..<100 { table.append([.text("row <\(row)>\u{600}|"), .number(0.5)]) }
    let text = table.markdown(limit: 400)
    #expect(text.count <= 400 && text.hasPrefix("| a\\|b | x |\n| --- | ---: |\n"))
    #expect(text.unicodeScalars.count { $0 == "<" } == 0 && text.contains("more rows"))
    let bars = text.split(separator: "\n").first { $0.hasPrefix("| row") }
    #expect(bars?.unicodeScalars.count { $0 == "|" } == 4)
    #expect(table.markdown(limit: 100_000).contains("row &lt;99>"))
  }
}
