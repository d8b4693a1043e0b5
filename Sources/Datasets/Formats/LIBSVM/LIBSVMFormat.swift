import LinAlg

/// Rows as LIBSVM and SVMlight write them, `label index:value …`, of which zeros are left out.
///
/// Indices count from 1 and ascend; what follows a `#` is no part of a line, and lines without
/// anything are skipped. The column of index 1 is called `column_0`, as the first one always is.
public struct LIBSVMFormat: DataFormat {
  /// LIBSVM.
  public let name = "LIBSVM"

  /// Endings that some use.
  public let fileEndings = ["libsvm", "svm", "svmlight"]

  /// The labels behind the numbers.
  public let conversion: String? = """
    python3 -c "import numpy as n, sklearn.datasets as s; x, y = s.load_svmlight_file('FILE'); \
    n.savetxt('FILE.csv', n.column_stack([x.toarray(), y]), delimiter=',')"
    """

  /// The format, of which there is one.
  public init() {}

  /// Whether the first line that has more than a label has pairs of numbers.
  public func recognizes(_ bytes: [UInt8]) -> Bool {
    // The beginning of a line that ends later shows as much.
    let start = Array(bytes.prefix(1 << 16))
    guard start.contains(UInt8(ascii: ":")) else { return false }
    var scanner = LIBSVMScanner(bytes: start, file: "")
    while let token = try? scanner.next() {
      if case .pair = token { return true }
    }
    return false
  }

  /// Reads the bytes of a file in two passes: to see how large the table is, and to fill it.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    guard options.target == nil else {
      throw .content(
        file, .file, "a target is named, and in LIBSVM's format labels begin each line",
        accepted: "leave the target out")
    }
    var scanner = LIBSVMScanner(bytes: bytes, file: file)
    var numbers: [Int] = []
    var count = 0
    while let token = try scanner.next() {
      switch token {
      case .label(let label): numbers.append(label)
      case .pair(let index, _): count = max(count, index)
      }
    }
    guard !numbers.isEmpty else {
      throw .content(
        file, .file, "there is no row", accepted: "lines such as \"1 1:0.5 3:2\" are accepted")
    }
    guard count > 0 else {
      throw .content(
        file, .file, "no row has a value", accepted: "lines such as \"1 1:0.5 3:2\" are accepted")
    }
    try StoredArray.requireMemory(
      rows: numbers.count, columns: count, limit: options.byteLimit, file: file)
    let columns = try FeatureColumns(count, options, file: file)
    let classes = ClassLabels(numbers: numbers)
    try classes.requireSeveral(file: file, column: "label")
    return try Dataset(
      name: name,
      features: Self.matrix(bytes, file: file, rows: numbers.count, count, columns.kept),
      labels: classes.labels, classNames: classes.classNames, featureNames: columns.names,
      targetName: "label")
  }

  private static func matrix(
    _ bytes: [UInt8], file: String, rows: Int, _ count: Int, _ kept: [Int]
  ) throws(DatasetsError) -> Matrix<Double> {
    var places = [Int](repeating: -1, count: count)
    for (place, column) in kept.enumerated() { places[column] = place }
    var matrix = Matrix<Double>(rows: rows, columns: kept.count)
    var scanner = LIBSVMScanner(bytes: bytes, file: file)
    try matrix.withMutableElements { values throws(DatasetsError) in
      var row = -1
      while let token = try scanner.next() {
        switch token {
        case .label: row += 1
        case .pair(let index, let value):
          let place = places[index - 1]
          if place >= 0 { values[row * kept.count + place] = value }
        }
      }
    }
    return matrix
  }
}
