import LinAlg

extension Dataset {
  /// The rows of one array with the labels in another.
  ///
  /// - Throws: `DatasetsError.content` for arrays that do not fit together, and what their reading
  ///   throws.
  init(
    name: String, features: StoredArray, labels: StoredArray, targetName: String,
    options: TableOptions, classNames: [Int: String] = [:]
  ) throws(DatasetsError) {
    try features.requireRows()
    guard labels.shape.reduce(1, *) == labels.shape[0], labels.rows == features.rows else {
      throw .content(
        labels.file, .byte(labels.start),
        "labels of the shape \(labels.shapeText) do not go with rows of the shape "
          + features.shapeText,
        accepted: "accepted: one label for each of the \(features.rows) rows")
    }
    try StoredArray.requireMemory(
      rows: features.rows, columns: features.columns, limit: options.byteLimit, file: features.file)
    let columns = try FeatureColumns(features.columns, options, file: features.file)
    let classes = try labels.labels()
    try classes.requireSeveral(file: labels.file, column: targetName)
    try self.init(
      name: name,
      features: features.matrix(columns: columns.kept),
      labels: classes.labels,
      classNames: classes.classNames.map { name in Int(name).flatMap { classNames[$0] } ?? name },
      featureNames: columns.names,
      targetName: columns.names.contains(targetName) ? "label" : targetName)
  }
}

extension StoredArray {
  /// Refuses what is no table with a row.
  func requireRows() throws(DatasetsError) {
    guard shape.count > 1 else {
      throw .content(
        file, .byte(start), "the array\(title) has one dimension, so its rows have no columns",
        accepted: "accepted: two dimensions, or more for rows such as pictures")
    }
    guard !shape.contains(0) else {
      throw .content(
        file, .byte(start), "an array of \(shapeText) is empty",
        accepted: "rows of at least two classes are needed")
    }
  }
}

/// Which columns of a table without names are features.
struct FeatureColumns {
  /// Those that are not ignored.
  let kept: [Int]

  /// What they are called: `column_0`, `column_1`, ….
  let names: [String]

  /// All but the ignored columns.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, `.noFeatureColumn`.
  init(_ count: Int, _ options: TableOptions, file: String) throws(DatasetsError) {
    let all = (0..<count).map { "column_\($0)" }
    var isKept = [Bool](repeating: true, count: count)
    for reference in options.ignoredColumns {
      isKept[try reference.index(among: all, file: file)] = false
    }
    kept = all.indices.filter { isKept[$0] }
    guard !kept.isEmpty else { throw .noFeatureColumn(file: file, columns: all) }
    names = kept.map { all[$0] }
  }
}
