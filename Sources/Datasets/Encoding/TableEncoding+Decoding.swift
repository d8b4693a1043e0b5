extension TableEncoding {
  /// What a file holds for some columns of numbers.
  public enum Field: Sendable, Equatable {
    /// A number, to be written as the file writes them.
    case number(Double)
    /// A text.
    case text(String)
  }

  /// What a column of the file holds in a row of features; nil where nothing was made of it.
  ///
  /// Of a group the largest column counts. A gap is written as the first in the file.
  /// - Precondition: `row` has all features.
  public func field(_ column: Int, of row: ArraySlice<Double>) -> Field? {
    let encoding = columns[column]
    guard encoding.width > 0 else { return nil }
    let values = row[
      row.startIndex + starts[column]..<row.startIndex + starts[column + 1]]
    let gap = Field.text(encoding.gap?.text ?? "")
    guard let first = values.first, !first.isNaN else { return gap }
    if encoding.isGroup {
      guard let place = Self.largest(values), values[values.startIndex + place] > 0,
        place < encoding.values.count
      else { return gap }
      return .text(encoding.values[place])
    }
    if encoding.gap?.isIndicated == true, values[values.startIndex + 1] > 0.5 { return gap }
    switch encoding.kind {
    case .boolean: return .text(encoding.values[first > 0.5 ? 1 : 0])
    case .ordinal:
      let place = first.rounded()
      guard place >= 0, place < Double(encoding.values.count) else { return gap }
      return .text(encoding.values[Int(place)])
    case .date: return .text(ISODate.text(days: first, hasTime: encoding.hasTimes))
    default: return .number(first)
    }
  }

  /// The place of the largest number, the first of those that are as large.
  private static func largest(_ values: ArraySlice<Double>) -> Int? {
    var best: Int?
    for (place, value) in values.enumerated()
    where best.map({ value > values[values.startIndex + $0] }) ?? true {
      best = place
    }
    return best
  }
}
