import LinAlg

extension Dataset {
  /// The rows of another set as rows of this one: columns and classes are matched by name, in any order.
  ///
  /// `name` is what errors call the other, if not as the set is called.
  /// - Throws: `RowsMismatch` where one has a column that the other lacks, be it that of this set's groups, or `other` has a row of a class
  ///   that is none of this set's.
  /// - Complexity: O(rows × d).
  public func matching(
    _ other: Dataset, called name: String? = nil
  ) throws(RowsMismatch) -> LabeledRows {
    let (own, others) = (Self.places(of: featureNames), Self.places(of: other.featureNames))
    let classes = Self.places(of: classNames)
    let counts = other.classCounts
    if let mismatch = RowsMismatch(
      name ?? other.name,
      missingColumns: featureNames.filter { others[Array($0.utf8)] == nil },
      unknownColumns: other.featureNames.filter { own[Array($0.utf8)] == nil },
      unknownClasses: other.classNames.enumerated()
        .filter { counts[$0] > 0 && classes[Array($1.utf8)] == nil }.map(\.element))
    {
      throw mismatch
    }
    if let groups, other.groups == nil,
      let mismatch = RowsMismatch(name ?? other.name, missingColumns: [groups.column])
    {
      throw mismatch
    }
    let columns = featureNames.map { others[Array($0.utf8)] ?? 0 }
    let labels = other.classNames.map { classes[Array($0.utf8)] ?? 0 }
    let d = featureCount
    var elements: [Double] = []
    elements.reserveCapacity(other.sampleCount * d)
    for row in 0..<other.sampleCount {
      other.features.withRow(row) { values in
        for column in columns { elements.append(values[column]) }
      }
    }
    return LabeledRows(
      features: Matrix(rows: other.sampleCount, columns: d, elements: elements),
      labels: other.labels.map { labels[$0] })
  }

  /// The set with rows of the same columns and classes after its own, which weigh 1.
  ///
  /// - Precondition: The rows have as many features, classes of the set and, where it has some, groups.
  /// - Complexity: O(n·d).
  package func followed(
    by rows: LabeledRows, groups others: RowGroups? = nil
  ) throws(DatasetsError) -> Dataset {
    let groups = groups.map { own in
      guard let others, others.indices.count == rows.count else {
        preconditionFailure("\(rows.count) rows without groups after some that have them")
      }
      return own.followed(by: others)
    }
    return try Dataset(
      name: name,
      features: Matrix(
        rows: sampleCount + rows.count, columns: featureCount,
        elements: features.elements + rows.features.elements),
      labels: labels + rows.labels, classNames: classNames, featureNames: featureNames,
      targetName: targetName, encoding: encoding,
      sourceRows: sourceRows.map { own in
        let next = (own.last ?? -1) + 1
        return own + (next..<next + rows.count)
      }, remark: remark
    ).grouped(by: groups).weighted(by: sampleWeights?.followed(byUnits: rows.count))
  }

  /// Names by their scalars: Swift calls some equal that are not.
  private static func places(of names: [String]) -> [[UInt8]: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { (Array($1.utf8), $0) })
  }
}
