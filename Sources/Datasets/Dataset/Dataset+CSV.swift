import LinAlg

extension Dataset {
  /// The set as CSV: a header, the features and the class name of each row in a last column.
  ///
  /// Numbers are the shortest that read back to the same double, so the reader returns a set with
  /// equal features, given the target by name; NaN and infinities need its `allowsNonFinite`.
  /// - Precondition: The target is not called like a feature.
  public func csv() -> String {
    precondition(
      !featureNames.contains(targetName),
      "The target \(targetName) is called like a feature, so its column would be ambiguous")
    var writer = CSVWriter(header: featureNames + [targetName])
    for row in 0..<sampleCount {
      var fields: [String] = []
      fields.reserveCapacity(featureCount + 1)
      features.withRow(row) { values in
        for column in values.indices { fields.append(CSVWriter.field(values[column])) }
      }
      fields.append(classNames[labels[row]])
      writer.append(fields)
    }
    return writer.text
  }

  /// The rows as `csv` writes them.
  ///
  /// - Precondition: The target is not called like a feature.
  public func rows() throws(DatasetsError) -> CSVRows {
    try CSVRows(
      bytes: Array(csv().utf8), file: name,
      options: TableOptions(target: ColumnReference(targetName)))
  }
}
