/// What each column of a CSV file is for.
struct CSVColumns {
  /// The part a column plays.
  enum Role { case feature, target, ignored }

  let names: [String]

  /// The parts, by column; exactly one is the target and at least one a feature.
  let roles: [Role]

  let target: Int

  /// Gives every column its part.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, `.ambiguousColumn`, `.ignoredTarget`,
  ///   `.noFeatureColumn`, `.emptyColumnName`.
  init(_ header: CSVHeader, options: TableOptions, file: String) throws(DatasetsError) {
    let names = header.names
    var roles = [Role](repeating: .feature, count: names.count)
    for reference in options.ignoredColumns {
      roles[try header.index(of: reference)] = .ignored
    }
    target = try header.index(of: options.target ?? .last)
    // Whoever names such a column by its index wants it.
    for column in header.unnamedColumns where column != target || options.target == nil {
      roles[column] = .ignored
    }
    guard roles[target] != .ignored else {
      throw .ignoredTarget(file: file, column: names[target])
    }
    roles[target] = .target
    guard roles.contains(.feature) else { throw .noFeatureColumn(file: file, columns: names) }
    try header.requireNames(butOf: Set(roles.indices.filter { roles[$0] == .ignored }))
    (self.names, self.roles) = (names, roles)
  }

  var count: Int { names.count }

  var featureNames: [String] {
    zip(names, roles).filter { $0.1 == .feature }.map(\.0)
  }
}
