import LinAlg

/// One array of NumPy, whose columns are features and, one of them, the labels.
public struct NumPyArrayFormat: DataFormat {
  /// .npy.
  public let name = "NumPy array"

  /// As numpy.save ends them.
  public let fileEndings = ["npy"]

  /// Any column may have the labels.
  public let needsTarget = true

  /// The array as it is, row by row.
  public let conversion: String? = """
    python3 -c "import numpy; numpy.savetxt('FILE.csv', numpy.load('FILE'), delimiter=',')"
    """

  /// The format, of which there is one.
  public init() {}

  /// Any column can.
  public var hasRowColumns: Bool { true }

  /// Whether the bytes begin as numpy.save begins a file.
  public func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: NumPyHeader.magic) }

  /// Reads the bytes of a file; its columns are called as those of CSV without names.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    let array = try StoredArray(npy: bytes, file: file)
    try array.requireRows()
    try StoredArray.requireMemory(
      rows: array.rows, columns: array.columns, limit: options.byteLimit, file: file)
    let names = (0..<array.columns).map { "column_\($0)" }
    let columns = try CSVColumns(
      CSVHeader(names: names, file: file), options: options, file: file)
    let classes = try array.labels(column: columns.target)
    let targetName = columns.names[columns.target]
    try classes.requireSeveral(file: file, column: targetName)
    return try Dataset(
      name: name,
      features: array.matrix(
        columns: columns.roles.indices.filter { columns.roles[$0] == .feature }),
      labels: classes.labels, classNames: classes.classNames,
      featureNames: columns.featureNames, targetName: targetName
    ).grouped(
      by: try columns.group.map { (column) throws(DatasetsError) in
        let groups = try array.labels(column: column)
        return RowGroups(
          column: columns.names[column], places: groups.labels, names: groups.classNames)
      }
    ).weighted(
      by: try columns.weights.map { (column) throws(DatasetsError) in
        try Self.weights(array, columns.names[column], column, file: file)
      })
  }

  private static func weights(
    _ array: StoredArray, _ name: String, _ column: Int, file: String
  ) throws(DatasetsError) -> SampleWeights {
    let values = try array.matrix(columns: [column]).elements
    guard let row = values.firstIndex(where: { $0 < 0 }) else {
      guard values.contains(where: { $0 > 0 }) else { throw .noWeight(file: file, column: name) }
      return SampleWeights(column: name, values: values)
    }
    throw .content(
      file, .byte(array.start), "row \(row) has the weight \(values[row])",
      accepted: "weights must be numbers from 0 up")
  }
}
