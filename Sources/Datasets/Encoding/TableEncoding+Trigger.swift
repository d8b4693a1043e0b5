extension TableEncoding {
  /// The values nearest to some, chosen ones that a file can hold, for all columns they settle.
  ///
  /// Of a group the largest value that is given becomes 1, the first of those that are as large, even one
  /// of 0: a text that few rows have is chosen by naming it. The group's other columns become 0.
  package func held(
    columns: [Int], values: [Double]
  ) -> (columns: [Int], values: [Double]) {
    var given: [Int: Double] = [:]
    for (column, value) in zip(columns, values) { given[column] = value }
    var settled: [(column: Int, value: Double)] = []
    var done: Set<Int> = []
    for feature in columns {
      let source = column(of: feature)
      guard done.insert(source).inserted else { continue }
      let (encoding, range) = (self.columns[source], features(of: source))
      if encoding.isGroup {
        var best = feature
        for j in range {
          if let value = given[j], value > given[best] ?? -.infinity { best = j }
        }
        settled += range.map { ($0, $0 == best ? 1 : 0) }
        continue
      }
      // A value that is given is there, so that the column beside it says so.
      let first = range.lowerBound
      guard let value = given[first] else {
        settled.append((feature, given[feature] ?? 0 > 0.5 ? 1 : 0))
        continue
      }
      settled.append((first, Self.held(value, by: encoding, else: 1)))
      if encoding.gap?.isIndicated == true { settled.append((first + 1, 0)) }
    }
    return (settled.map(\.column), settled.map(\.value))
  }
}
