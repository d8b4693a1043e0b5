import Datasets
import LinAlg
import Testing

/// Rows of numbers as a file can hold them.
struct TableEncodingTests {
  private static let encoding = TableEncoding(
    [
      ColumnEncoding(name: "age", kind: .number, gap: .init(text: "NA", isIndicated: true)),
      ColumnEncoding(name: "sex", kind: .onehot, values: ["f", "m", "x"]),
      ColumnEncoding(name: "note", kind: .ignored),
      ColumnEncoding(name: "paid", kind: .boolean, values: ["no", "yes"]),
      ColumnEncoding(name: "grade", kind: .ordinal, values: ["a", "b", "c"]),
      ColumnEncoding(name: "day", kind: .date),
      ColumnEncoding(name: "zip", kind: .hash, values: ["", "70", "71"]),
    ], target: "y")

  /// 40 years, m, not paid, b, 1970-01-11, the second place of the hash.
  private static let row: [Double] = [40, 0, 0, 1, 0, 0, 1, 10, 0, 1, 0]

  private static func projected(_ change: (inout [Double]) -> Void) -> [Double] {
    var row = row
    change(&row)
    encoding.project(&row, from: 0, before: self.row[...])
    return row
  }

  @Test func columnsHaveNamesAndPlaces() {
    let encoding = Self.encoding
    #expect(
      encoding.featureNames == [
        "age", "age is missing", "sex=f", "sex=m", "sex=x", "paid", "grade", "day", "zip#0",
        "zip#1", "zip#2",
      ])
    #expect(encoding.features(of: 2).isEmpty && encoding.features(of: 3) == 5..<6)
    #expect((0..<11).map(encoding.column) == [0, 0, 1, 1, 1, 3, 4, 5, 6, 6, 6])
    #expect(encoding.gapColumns == [0] && !encoding.isPlain)
  }

  @Test func whatIsLeftAloneStays() {
    #expect(Self.projected { _ in } == Self.row)
    var odd = Self.row
    (odd[2], odd[5]) = (0.3, 0.4)
    var again = odd
    again[7] = 12.2
    Self.encoding.project(&again, from: 0, before: odd[...])
    #expect(again[2] == 0.3 && again[5] == 0.4 && again[7] == 12)
  }

  @Test func groupsChooseOneText() {
    #expect(Self.projected { $0[4] = 1.5 }[2...4] == [0, 0, 1])
    // As large as the one before, but it has grown.
    #expect(Self.projected { $0[2] = 1 }[2...4] == [1, 0, 0])
    // None is larger: the first of those that have not fallen.
    #expect(Self.projected { ($0[2], $0[3], $0[4]) = (0, 0, 0) }[2...4] == [1, 0, 0])
    // No text of the file has the first place.
    #expect(Self.projected { ($0[8], $0[9], $0[10]) = (9, 0.1, 0.2) }[8...] == [0, 0, 1])
  }

  @Test func othersTakeTheNearest() {
    #expect(Self.projected { $0[5] = 0.7 }[5] == 1 && Self.projected { $0[5] = -3 }[5] == 0)
    #expect(Self.projected { $0[6] = 1.6 }[6] == 2 && Self.projected { $0[6] = 99 }[6] == 2)
    #expect(Self.projected { $0[7] = 3.4 }[7] == 3)
    #expect(Self.projected { $0[7] = 1e9 }[7] == 2_932_896)
    #expect(Self.projected { $0[7] = .nan }[7] == 10)
  }

  @Test func numbersThatChangeAreThere() {
    var missing = Self.row
    missing[1] = 1
    var changed = missing
    changed[0] = 41
    Self.encoding.project(&changed, from: 0, before: missing[...])
    #expect(changed[0] == 41 && changed[1] == 0)
    #expect(Self.projected { $0[1] = 0.9 }[1] == 0)
  }

  @Test func fieldsAreTextsAgain() {
    let fields = (0..<7).map { Self.encoding.field($0, of: Self.row[...]) }
    #expect(
      fields == [
        .number(40), .text("m"), nil, .text("no"), .text("b"), .text("1970-01-11"), .text("70"),
      ])
    var missing = Self.row
    missing[1] = 1
    #expect(Self.encoding.field(0, of: missing[...]) == .text("NA"))
    missing[1] = 0
    missing[0] = .nan
    #expect(Self.encoding.field(0, of: missing[...]) == .text("NA"))
  }

  @Test func triggersChooseTexts() {
    let held = Self.encoding.held(columns: [4, 0], values: [0, 33])
    #expect(held.columns == [2, 3, 4, 0, 1] && held.values == [0, 0, 1, 33, 0])
    let both = Self.encoding.held(columns: [2, 3], values: [1, 1])
    #expect(both.columns == [2, 3, 4] && both.values == [1, 0, 0])
  }

  /// The text that the digest has, and that records keep.
  @Test func textsKeepAllOfIt() throws {
    let text = Self.encoding.text
    #expect(text.hasPrefix("{\"columns\":[{\"gap\":{"))
    let same = TableEncoding(Self.encoding.columns, target: "y")
    #expect(same.text == text && same == Self.encoding)
    let other = TableEncoding(Array(Self.encoding.columns.dropLast()), target: "y")
    #expect(other.text != text)
  }
}
