import LinAlg

extension Dataset {
  /// A part of the rows in their order, always the same, with the shares of the classes as in all.
  ///
  /// The rows are shared out among the classes as `StratifiedSplitter` does. The name stays, the
  /// digest is that of the sample.
  /// - Throws: `DatasetsError.sampleOutOfRange` when there are not more rows than that, or a class
  ///   would have but one of its rows or none.
  /// - Complexity: O(n + count·d).
  public func sample(of count: Int) throws(DatasetsError) -> Dataset {
    let counts = classCounts
    let smallest = counts.filter { $0 > 0 }.min() ?? 0
    // From here on the share of the smallest class comes to two rows.
    let least = smallest == 0 ? sampleCount : (2 * sampleCount + smallest - 1) / smallest
    let refusal = DatasetsError.sampleOutOfRange(
      count: count, least: least, sampleCount: sampleCount)
    guard count > 0, count < sampleCount else { throw refusal }
    let quota = StratifiedSplitter.apportion(count, by: counts, limits: counts)
    guard zip(quota, counts).allSatisfy({ $0 >= 2 || $1 == 0 }) else { throw refusal }
    var rowsOfClass = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() { rowsOfClass[label].append(row) }
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for c in rowsOfClass.indices {
      var stream = RandomStream(purpose: .sample, seed: 0, row: c)
      stream.shuffle(&rowsOfClass[c], prefix: quota[c])
      rows += rowsOfClass[c].prefix(quota[c])
    }
    rows.sort()
    return try Dataset(
      name: name, features: features.selectingRows(rows), labels: rows.map { labels[$0] },
      classNames: classNames, featureNames: featureNames, targetName: targetName,
      encoding: encoding, remark: remark
    ).grouped(by: groups?.selecting(rows)).weighted(by: sampleWeights?.selecting(rows))
  }
}
