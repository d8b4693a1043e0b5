extension TableEncoding {
  /// Brings a row that was changed back to what a file can hold.
  ///
  /// What a column of the file became stays together, and is left alone where none of its numbers
  /// differs from the row before. Else, of a group the largest number becomes 1 and the others 0, of equal
  /// ones that which has grown most, then the first; a boolean becomes the nearer of 0 and 1; a place
  /// among texts the nearest there is; a date a whole day, or second. A number that was changed is there, so
  /// that the column beside it says so; that column alone cannot be changed.
  ///
  /// - Precondition: Both rows have all features.
  package func project(_ row: inout [Double], from start: Int, before: ArraySlice<Double>) {
    for (column, encoding) in columns.enumerated() where encoding.width > 0 {
      let range = starts[column]..<starts[column + 1]
      let old = before.startIndex
      guard range.contains(where: { row[start + $0].bitPattern != before[old + $0].bitPattern })
      else { continue }
      let first = range.lowerBound
      if encoding.isGroup {
        let chosen = largest(row, from: start, before, range, encoding)
        for j in range { row[start + j] = j == chosen ? 1 : 0 }
        continue
      }
      if encoding.gap?.isIndicated == true {
        let isChanged = row[start + first].bitPattern != before[old + first].bitPattern
        row[start + first + 1] = isChanged ? 0 : before[old + first + 1]
        guard isChanged else { continue }
      }
      row[start + first] = Self.held(row[start + first], by: encoding, else: before[old + first])
    }
  }

  /// The column of a group that wins, among those that some text of the file chooses.
  private func largest(
    _ row: [Double], from start: Int, _ before: ArraySlice<Double>, _ range: Range<Int>,
    _ encoding: ColumnEncoding
  ) -> Int {
    var best: Int?
    for j in range {
      let place = j - range.lowerBound
      let isChosen =
        encoding.kind != .hash || place >= encoding.values.count || !encoding.values[place].isEmpty
      guard isChosen, !row[start + j].isNaN else { continue }
      guard let other = best else {
        best = j
        continue
      }
      let (new, most) = (row[start + j], row[start + other])
      let change = new - before[before.startIndex + j]
      let mostChange = most - before[before.startIndex + other]
      if new > most || new == most && change > mostChange { best = j }
    }
    return best ?? range.lowerBound
  }

  /// The value nearest to a number that a column can hold.
  static func held(
    _ value: Double, by encoding: ColumnEncoding, else old: Double
  ) -> Double {
    if value.isNaN { return old }
    switch encoding.kind {
    case .boolean: return value > 0.5 ? 1 : value < 0.5 ? 0 : old
    case .ordinal:
      return min(max(value.rounded(), 0), Double(encoding.values.count - 1))
    case .date: return ISODate.held(value, hasTime: encoding.hasTimes)
    default: return value
    }
  }
}
