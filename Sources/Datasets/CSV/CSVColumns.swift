/// What each column of a CSV file is for.
struct CSVColumns {
  /// The part a column plays.
  enum Role { case feature, target, ignored }

  let names: [String]

  /// The parts, by column; exactly one is the target and at least one a feature.
  let roles: [Role]

  let target: Int

  /// The column of the groups, which is ignored among the features; nil where there is none.
  let group: Int?

  /// The column of the weights, likewise.
  let weights: Int?

  /// Gives every column its part.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, `.ambiguousColumn`, `.ignoredTarget`, `.twoParts`,
  ///   `.noFeatureColumn`, `.emptyColumnName`.
  init(_ header: CSVHeader, options: TableOptions, file: String) throws(DatasetsError) {
    let names = header.names
    var roles = [Role](repeating: .feature, count: names.count)
    for reference in options.ignoredColumns {
      roles[try header.index(of: reference)] = .ignored
    }
    if options.target == nil, let declared = header.target {
      target = declared
    } else {
      target = try header.index(of: options.target ?? .last)
    }
    let group = try options.group.map { (group) throws(DatasetsError) in
      try header.index(of: group)
    }
    if let group {
      guard group != target else {
        throw .twoParts(file: file, column: names[group], parts: ["target", "groups"])
      }
      roles[group] = .ignored
    }
    let weights = try options.weights.map { (weights) throws(DatasetsError) in
      try header.index(of: weights)
    }
    if let weights {
      guard weights != target, weights != group else {
        throw .twoParts(
          file: file, column: names[weights],
          parts: [weights == target ? "target" : "groups", "weights"])
      }
      roles[weights] = .ignored
    }
    // Whoever names such a column wants it.
    let wanted = Self.encoded(header, options.encoding)
    for column in header.leftOutColumns
    where (column != target || options.target == nil) && !wanted.contains(column) {
      roles[column] = .ignored
    }
    guard roles[target] != .ignored else {
      throw .ignoredTarget(file: file, column: names[target])
    }
    roles[target] = .target
    guard roles.contains(.feature) else { throw .noFeatureColumn(file: file, columns: names) }
    let unread = roles.indices.filter { roles[$0] == .ignored && $0 != group && $0 != weights }
    try header.requireNames(butOf: Set(unread))
    (self.names, self.roles, self.group, self.weights) = (names, roles, group, weights)
  }

  /// The columns of which something is to be made by options, those without a name aside.
  private static func encoded(_ header: CSVHeader, _ options: EncodingOptions?) -> Set<Int> {
    let said = options?.encodings.filter { $0.choice != .ignore }.map(\.column) ?? []
    let known = options?.encoding?.columns.filter { $0.kind != .ignored }.map(\.name) ?? []
    let indices = (said + known.map { ColumnReference($0) }).compactMap {
      try? header.index(of: $0)
    }
    return Set(indices.filter { !header.names[$0].isEmpty })
  }

  var count: Int { names.count }

  var featureNames: [String] {
    zip(names, roles).filter { $0.1 == .feature }.map(\.0)
  }
}
