/// The columns in which `runner attack` marks the rows that it poisons.
package enum PoisonMarks {
  /// Their names, before which a prefix of the user's choice may stand.
  package static let columns = ["poisoned", "row", "was"]

  /// The columns of a file that are these, in their order and one after another; none where not all are
  /// there.
  static func found(among names: [String]) -> [String] {
    for (place, name) in names.enumerated() where name.hasSuffix(columns[0]) {
      let prefix = String(name.dropLast(columns[0].count))
      let marks = columns.map { prefix + $0 }
      if names[place...].starts(with: marks) { return marks }
    }
    return []
  }
}
