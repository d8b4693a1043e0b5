/// Which rows of a data set belong together, such as those of one person: splits keep them on one side.
public struct RowGroups: Sendable, Hashable {
  /// What the column is called that tells groups apart.
  public let column: String

  /// What the groups are called, in the order in which they come; none is without rows.
  public let names: [String]

  /// The group of each row, by its place among the names.
  public let indices: [Int]

  /// Rows with equal names belong together.
  ///
  /// Names are compared by their UTF-8 bytes: Swift calls some equal that are not.
  /// - Complexity: O(n).
  public init(column: String, rows: [String]) {
    var codes = TextCodes()
    self.column = column
    indices = rows.map { codes.insert(Array($0.utf8).span) }
    names = codes.texts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Rows by the places of their groups among names, of which those without a row are left out.
  ///
  /// - Precondition: Every place is one of a name.
  init(column: String, places: [Int], names: [String]) {
    var numbers = [Int?](repeating: nil, count: names.count)
    var used: [String] = []
    self.column = column
    indices = places.map { place in
      if let number = numbers[place] { return number }
      numbers[place] = used.count
      used.append(names[place])
      return used.count - 1
    }
    self.names = used
  }

  /// Number of groups.
  public var count: Int { names.count }

  /// The groups of some rows, in that order.
  ///
  /// - Precondition: Every index is a row.
  package func selecting(_ rows: some Sequence<Int>) -> RowGroups {
    RowGroups(column: column, places: rows.map { indices[$0] }, names: names)
  }

  /// The groups of these rows and of others after them.
  func followed(by others: RowGroups) -> RowGroups {
    RowGroups(
      column: column,
      rows: indices.map { names[$0] } + others.indices.map { others.names[$0] })
  }

  /// The names of groups that are in another set, too, in the order in which they come.
  package func shared(with others: RowGroups) -> [String] {
    let known = Set(others.names.map { Array($0.utf8) })
    return names.filter { known.contains(Array($0.utf8)) }
  }
}
