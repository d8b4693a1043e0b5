import Datasets
import LinAlg

/// A table as suspicions look at it: columns of numbers, or of codes for texts, and the class of each row.
struct SuspectTable: Sendable {
  /// A column of the table.
  struct Column: Sendable {
    let name: String

    /// By row; NaN where there is none.
    let values: [Double]

    /// Whether values are codes of texts, so that their order means nothing.
    var isCoded = false
  }

  let rowCount: Int

  /// The names of the columns, without that of the classes.
  let names: [String]

  /// What the classes are classes of.
  let targetName: String

  /// The class of each row; nothing where no column has classes.
  let labels: [Int]

  let classNames: [String]

  private let content: Content

  /// What columns are made of.
  private enum Content: Sendable {
    case features(Matrix<Double>)
    /// Features that columns of a file have become: where those of each are, and whether one of them is 1.
    case encoded(Matrix<Double>, [(range: Range<Int>, isGroup: Bool)])
    case cells([[CSVTable.Cell]])
  }

  init(_ dataset: Dataset) {
    rowCount = dataset.sampleCount
    targetName = dataset.targetName
    (labels, classNames) = (dataset.labels, dataset.classNames)
    guard let encoding = dataset.encoding else {
      names = dataset.featureNames
      content = .features(dataset.features)
      return
    }
    let read = encoding.columns.indices.filter { encoding.columns[$0].kind != .ignored }
    names = read.map { encoding.columns[$0].name }
    content = .encoded(
      dataset.features,
      read.map { (encoding.features(of: $0), encoding.columns[$0].isGroup) })
  }

  /// The features of a data set; nil of cells.
  private var features: Matrix<Double>? {
    switch content {
    case .features(let features), .encoded(let features, _): features
    case .cells: nil
    }
  }

  /// The cells of a file, whose classes are in the column `target`.
  init(_ table: CSVTable, target: Int?) {
    rowCount = table.rowCount
    let others = table.names.indices.filter { $0 != target }
    names = others.map { table.names[$0] }
    content = .cells(others.map { table.columns[$0] })
    targetName = target.map { table.names[$0] } ?? ""
    (labels, classNames) = target.map { Self.codes(of: table.columns[$0].map(\.text)) } ?? ([], [])
  }

  /// Number of rows of each class.
  var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classNames.count)) { $0[$1] += 1 }
  }

  // MARK: - Columns

  /// How many columns are taken out of the rows at once: a cache line of them.
  private static let blockSize = 8

  /// Calls `body` for each column in turn.
  ///
  /// - Complexity: O(n·d), and n numbers of memory for a few columns.
  func forEachColumn(_ body: (Column) -> Void) {
    switch content {
    case .cells(let cells):
      for (name, column) in zip(names, cells) { body(Self.column(name, column)) }
    case .encoded(let features, let parts):
      for (name, part) in zip(names, parts) {
        let values = (0..<rowCount).map { row in
          part.isGroup
            ? part.range.firstIndex { features[row, $0] == 1 }.map(Double.init) ?? .nan
            : features[row, part.range.lowerBound]
        }
        body(Column(name: name, values: values, isCoded: part.isGroup))
      }
    case .features(let features):
      for start in stride(from: 0, to: names.count, by: Self.blockSize) {
        let block = start..<min(start + Self.blockSize, names.count)
        var columns = [[Double]](
          repeating: [Double](repeating: 0, count: rowCount), count: block.count)
        for row in 0..<rowCount {
          features.withRow(row) { values in
            for (place, j) in block.enumerated() { columns[place][row] = values[j] }
          }
        }
        for (place, j) in block.enumerated() {
          body(Column(name: names[j], values: columns[place]))
        }
      }
    }
  }

  private static func column(_ name: String, _ cells: [CSVTable.Cell]) -> Column {
    let missingTexts = Set(Schema.usualMissingTexts)
    let present = cells.map { !Schema.isMissing($0, texts: missingTexts) }
    let isNumeric = zip(cells, present).allSatisfy { !$1 || $0.number?.isFinite == true }
    if isNumeric {
      return Column(name: name, values: zip(cells, present).map { $1 ? $0.number ?? .nan : .nan })
    }
    let codes = Self.codes(of: cells.map(\.text)).codes
    return Column(
      name: name, values: zip(codes, present).map { $1 ? Double($0) : .nan }, isCoded: true)
  }

  /// Texts numbered in the order of their scalars.
  private static func codes(of texts: [String]) -> (codes: [Int], names: [String]) {
    var seen: Set<[UInt8]> = []
    for text in texts { seen.insert(Array(text.utf8)) }
    let names = seen.sorted { $0.lexicographicallyPrecedes($1) }
    var codes: [[UInt8]: Int] = [:]
    for (code, name) in names.enumerated() { codes[name] = code }
    return (
      texts.map { codes[Array($0.utf8)] ?? 0 }, names.map { String(decoding: $0, as: UTF8.self) }
    )
  }

  // MARK: - Rows

  /// The rows that are equal, label and all, in groups of two and more, by their first row.
  ///
  /// - Complexity: O(n·d).
  var equalRows: [[Int]] {
    switch content {
    case .features(let features), .encoded(let features, _): Self.groups(of: features, labels)
    case .cells(let cells):
      Self.groups((0..<rowCount).map { row in cells.map { $0[row].text } + label(row) })
    }
  }

  /// Number of other rows that are equal, label and all, to one of the table.
  ///
  /// - Precondition: The table is a data set, of whose features and classes the rows are.
  /// - Complexity: O((n + rows)·d).
  func countEqual(to rows: LabeledRows) -> Int {
    guard let features else { return 0 }
    var places: [UInt64: [Int]] = [:]
    for row in 0..<features.rows {
      places[Self.fingerprint(features, row, labels[row]), default: []].append(row)
    }
    return (0..<rows.count).count { row in
      let label = rows.labels[row]
      return places[Self.fingerprint(rows.features, row, label), default: []].contains { other in
        labels[other] == label
          && (0..<features.columns).allSatisfy {
            Self.areAlike(features[other, $0], rows.features[row, $0])
          }
      }
    }
  }

  private func label(_ row: Int) -> [String] { labels.isEmpty ? [] : ["\(labels[row])"] }

  private static func groups(_ keys: [[String]]) -> [[Int]] {
    var groups: [[String]: [Int]] = [:]
    for (row, key) in keys.enumerated() { groups[key, default: []].append(row) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private static func groups(of features: Matrix<Double>, _ labels: [Int]) -> [[Int]] {
    let prints = (0..<features.rows).map { fingerprint(features, $0, labels[$0]) }
    let order = prints.indices.sorted { (prints[$0], $0) < (prints[$1], $1) }
    var groups: [[Int]] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, prints[order[end]] == prints[order[start]] { end += 1 }
      // Rows of one fingerprint are equal but for an accident, which is looked for.
      var rest = end - start > 1 ? Array(order[start..<end]) : []
      start = end
      while let first = rest.first {
        let equal = rest.filter {
          labels[$0] == labels[first] && areEqual(features, $0, first)
        }
        if equal.count > 1 { groups.append(equal) }
        let taken = Set(equal).union([first])
        rest.removeAll { taken.contains($0) }
      }
    }
    return groups.sorted { $0[0] < $1[0] }
  }

  private static func fingerprint(_ features: Matrix<Double>, _ row: Int, _ label: Int) -> UInt64 {
    features.withRow(row) { values in
      var mixed = UInt64(label) &+ 0x9E37_79B9_7F4A_7C15
      for column in values.indices {
        // −0 is 0 to every model.
        mixed = (mixed ^ (values[column] + 0).bitPattern) &* 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 29
      }
      return mixed
    }
  }

  private static func areEqual(_ features: Matrix<Double>, _ a: Int, _ b: Int) -> Bool {
    let d = features.columns
    return (0..<d).allSatisfy { areAlike(features[a, $0], features[b, $0]) }
  }

  /// Whether two values are equal, or both are gaps.
  private static func areAlike(_ x: Double, _ y: Double) -> Bool {
    x == y || x.isNaN && y.isNaN
  }
}
