import Foundation

/// How the columns of a file become columns of numbers: what models see of them.
///
/// It belongs to a data set as its features do, and its digest has it. It is found by all rows of a file;
/// what depends on the training rows of a split is a `FittedEncoding`.
public struct TableEncoding: Sendable, Hashable {
  /// The columns of the file that are not the target, in its order.
  public let columns: [ColumnEncoding]

  /// What the columns are called that they become; no two alike.
  ///
  /// `age`, `sex=male`, `cabin#7`, `age is missing`; one that would be called like another, or like the
  /// target, ends in `.1`, or the next number that is free.
  public let featureNames: [String]

  /// The column of the classes.
  public let target: String

  /// Where the columns of each column of the file begin, and one more for their end.
  let starts: [Int]

  /// Puts the encoding of a table together.
  public init(_ columns: [ColumnEncoding], target: String) {
    (self.columns, self.target) = (columns, target)
    starts = columns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.width) }
    // Columns that keep their names have the first right to them. By bytes: names may differ in how an
    // accent is written.
    var taken: Set<[UInt8]> = [Array(target.utf8)]
    for column in columns where column.kind != .ignored && !column.isGroup {
      taken.insert(Array(column.name.utf8))
    }
    var names: [String] = []
    for column in columns {
      for (place, name) in column.featureNames.enumerated() {
        var free = name
        var number = 0
        let isOwn = place == 0 && !column.isGroup
        while !isOwn, !taken.insert(Array(free.utf8)).inserted {
          number += 1
          free = "\(name).\(number)"
        }
        names.append(free)
      }
    }
    featureNames = names
  }

  /// Number of columns that all become.
  public var featureCount: Int { featureNames.count }

  /// The columns of numbers that a column of the file becomes.
  public func features(of column: Int) -> Range<Int> { starts[column]..<starts[column + 1] }

  /// The column of the file that a column of numbers comes from.
  public func column(of feature: Int) -> Int {
    // Columns that are left out begin where the next one does.
    (starts.lastIndex { $0 <= feature } ?? 0)
  }

  /// Whether numbers stand for anything but themselves, or may be missing.
  public var isPlain: Bool {
    columns.allSatisfy { $0.kind == .ignored || $0.kind == .number && $0.gap == nil }
  }

  /// The columns of numbers that may have gaps.
  public var gapColumns: [Int] {
    columns.indices.filter { columns[$0].hasOpenGaps }.map { starts[$0] }
  }

  /// Whether a file can hold some numbers only in some of the columns.
  package var isConstrained: Bool {
    columns.contains { $0.kind != .ignored && ($0.kind != .number || $0.gap?.isIndicated == true) }
  }

  /// JSON without white space, keys sorted: equal encodings have equal texts.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("A record of texts is always JSON")
    }
    return String(decoding: json, as: UTF8.self)
  }
}

extension TableEncoding: Codable {
  private enum CodingKeys: CodingKey { case columns, target }

  /// Reads what `encode` has written.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode([ColumnEncoding].self, forKey: .columns),
      target: try container.decode(String.self, forKey: .target))
  }

  /// Writes the columns and the target; the rest follows from them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode(target, forKey: .target)
  }
}
