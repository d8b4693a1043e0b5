/// What each column of a CSV file is for.
struct CSVColumns {
  /// The part a column plays.
  enum Role { case feature, target, ignored }

  let names: [String]

  /// The parts, by column; exactly one is the target and at least one a feature.
  let roles: [Role]

  let target: Int

  /// Gives every column its part.
  init(names: [String], options: TableOptions, file: String) throws(DatasetsError) {
    var roles = [Role](repeating: .feature, count: names.count)
    for reference in options.ignoredColumns {
      roles[try reference.index(among: names, file: file)] = .ignored
    }
    target = try (options.target ?? .last).index(among: names, file: file)
    guard roles[target] != .ignored else {
      throw .ignoredTarget(file: file, column: names[target])
    }
    roles[target] = .target
    guard roles.contains(.feature) else { throw .noFeatureColumn(file: file, columns: names) }
    (self.names, self.roles) = (names, roles)
  }

  var count: Int { names.count }

  var featureNames: [String] {
    zip(names, roles).filter { $0.1 == .feature }.map(\.0)
  }
}
