/// A first line of counts and class names, as the files of scikit-learn have it: `150,4,setosa,versicolor,virginica`.
///
/// It is one only where n rows follow, of d numbers and the place of a class among the names each. Read so, the
/// text has a line of names in its place, and names for the places.
struct CountsLine {
  /// The names of the classes.
  let classNames: [String]

  /// Number of columns of numbers.
  let featureCount: Int

  /// Looks at a whole file; nil where its first line is no such one.
  ///
  /// - Complexity: O(bytes) where the line begins with two counts.
  init?(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let end = bytes[start...].prefix(1 << 12).firstIndex(of: .lineFeed) else { return nil }
    let fields = Self.line(bytes[start..<end]).split(
      separator: .comma, omittingEmptySubsequences: false)
    guard fields.count >= 4, let rowCount = Self.count(fields[0]), let d = Self.count(fields[1]),
      d > 0
    else { return nil }
    let names = fields.dropFirst(2)
    guard names.allSatisfy({ CellKind($0) == .text && !$0.contains(.quote) }),
      Set(names.map { Array($0) }).count == names.count
    else { return nil }
    var rows = 0
    for line in Self.rows(bytes, after: end) {
      var separators = 0
      for byte in line where byte == .comma { separators += 1 }
      let last = line.lastIndex(of: .comma).map { line[($0 + 1)...] } ?? line
      guard separators == d, let label = Self.count(last), label < names.count,
        rows < rowCount
      else { return nil }
      rows += 1
    }
    guard rows == rowCount, rows > 0 else { return nil }
    classNames = names.map { String(decoding: $0, as: UTF8.self) }
    featureCount = d
  }

  /// What the columns are called: those of numbers by their places, as without names.
  var columnNames: [String] { (0..<featureCount).map { "column_\($0)" } + ["class"] }

  /// The text with names of columns in the place of the line, and names of classes in the place of theirs.
  ///
  /// - Precondition: The bytes are those that it was found in.
  func rewritten(_ bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstIndex(of: .lineFeed) else { return bytes }
    var text = Array(columnNames.joined(separator: ",").utf8) + [.lineFeed]
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for line in Self.rows(bytes, after: end) {
      let place = line.lastIndex(of: .comma).map { $0 + 1 } ?? line.startIndex
      text += line[..<place]
      text += classNames[Self.count(line[place...]) ?? 0].utf8
      text.append(.lineFeed)
    }
    return text
  }

  /// The lines behind the first one, without blank ones at the end.
  private static func rows(_ bytes: [UInt8], after end: Int) -> some Sequence<ArraySlice<UInt8>> {
    var last = bytes.count
    while last > end, bytes[last - 1] == .lineFeed || bytes[last - 1] == .carriageReturn {
      last -= 1
    }
    let body = last > end + 1 ? bytes[(end + 1)..<last] : bytes[last..<last]
    return body.isEmpty
      ? [] : body.split(separator: .lineFeed, omittingEmptySubsequences: false).map(line)
  }

  private static func line(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == .carriageReturn ? line.dropLast() : line
  }

  /// A whole number that digits alone write.
  private static func count(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...15).contains(digits.count),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension UInt8 {
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
