public import LinAlg

/// Labelled samples: an n × d matrix of features and one of K classes for each row.
///
/// A class may have no row. A feature may be NaN where its column has a gap, which `FittedEncoding` fills once
/// rows are split, and NaN or infinite where its reader allowed it.
public struct Dataset: Sendable {
  /// What the set is called; not part of its content.
  public let name: String

  /// The features, n × d, one sample a row.
  public let features: Matrix<Double>

  /// The class index of each row, n of them in 0..<K.
  public let labels: [Int]

  /// The K class names, by class index; no two have the same Unicode scalars.
  public let classNames: [String]

  /// The d feature names, by column; no two have the same Unicode scalars.
  public let featureNames: [String]

  /// What the classes are classes of.
  public let targetName: String

  /// How the columns of a file became the features; nil where they are its numbers.
  public let encoding: TableEncoding?

  /// The row of the file of each row, from 0; nil where they are its rows, one by one.
  public let sourceRows: [Int]?

  /// What reading took for granted; not part of the content.
  public let remark: EncodingRemark?

  /// Which rows belong together; nil where each stands for itself.
  public private(set) var groups: RowGroups?

  /// How much each row counts when a model is fitted to it; nil where all count alike.
  public private(set) var sampleWeights: SampleWeights?

  /// The SHA-256 of the content, as 64 lowercase hexadecimal digits.
  ///
  /// The hashed bytes are, in this order:
  /// 1. the version tag, the ASCII bytes of `hemlock-dataset-1` and a line feed;
  /// 2. n, d and K, each a little-endian 64-bit integer;
  /// 3. the feature names, the target name and the class names, each as its number of UTF-8 bytes,
  ///    a little-endian 64-bit integer, followed by those bytes;
  /// 4. the features, row-major, each its IEEE 754 bit pattern as a little-endian 64-bit integer,
  ///    with -0 written as +0;
  /// 5. the labels, each a little-endian 32-bit integer.
  ///
  /// Where there is an encoding the tag is `hemlock-dataset-2`, a gap is a NaN of one bit pattern, and the JSON
  /// of the encoding follows the names, written like them.
  ///
  /// Where there are groups it is the SHA-256 of: the ASCII bytes of `hemlock-dataset-groups-1` and a line feed;
  /// that digest; the column of the groups and their names in the order in which they come, written like the
  /// names above after their number; the group of each row, a little-endian 32-bit integer.
  ///
  /// Where there are weights it is the SHA-256 of: the ASCII bytes of `hemlock-dataset-weights-1` and a line feed;
  /// the digest without them; their column, written like the names; the weight of each row, as features are.
  public private(set) var digest: String

  /// The digest of features, labels and names.
  private let digestOfRows: String

  /// Makes a data set of its parts.
  ///
  /// - Throws: `DatasetsError.noFeatures`, `.tooFewClasses`, `.countMismatch` when rows and labels
  ///   or columns and feature names differ in number, `.repeatedName`, `.labelOutOfRange`.
  /// - Complexity: O(n·d), for the digest.
  public init(
    name: String, features: Matrix<Double>, labels: [Int], classNames: [String],
    featureNames: [String], targetName: String, encoding: TableEncoding? = nil,
    sourceRows: [Int]? = nil, remark: EncodingRemark? = nil
  ) throws(DatasetsError) {
    guard features.columns > 0 else { throw .noFeatures }
    guard classNames.count >= 2 else { throw .tooFewClasses(count: classNames.count) }
    guard labels.count == features.rows else {
      throw .countMismatch(
        noun: "labels", count: labels.count, counterpart: "rows", expected: features.rows)
    }
    guard featureNames.count == features.columns else {
      throw .countMismatch(
        noun: "feature names", count: featureNames.count, counterpart: "columns",
        expected: features.columns)
    }
    try Self.requireDistinct(featureNames, noun: "feature name")
    try Self.requireDistinct(classNames, noun: "class name")
    if let row = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
      throw .labelOutOfRange(row: row, label: labels[row], classCount: classNames.count)
    }
    precondition(
      (sourceRows?.count ?? labels.count) == labels.count
        && (encoding?.featureCount ?? features.columns) == features.columns,
      "\(labels.count) rows × \(features.columns) features that come from others")
    (self.name, self.features, self.labels) = (name, features, labels)
    (self.classNames, self.featureNames, self.targetName) = (classNames, featureNames, targetName)
    (self.encoding, self.sourceRows, self.remark) = (encoding, sourceRows, remark)
    digestOfRows = Self.digest(
      features: features, labels: labels, rows: labels.indices, classNames: classNames,
      featureNames: featureNames, targetName: targetName, encoding: encoding)
    digest = digestOfRows
  }

  /// The same rows, some of which belong together.
  ///
  /// - Precondition: Every row has a group.
  /// - Complexity: O(n).
  public func grouped(by groups: RowGroups?) -> Dataset {
    guard let groups else { return self }
    precondition(
      groups.indices.count == sampleCount,
      "\(groups.indices.count) groups of \(sampleCount) rows")
    var grouped = self
    grouped.groups = groups
    grouped.digest = Self.digest(digestOfRows, groups, sampleWeights)
    return grouped
  }

  /// The same rows, which do not count alike when a model is fitted to them.
  ///
  /// - Precondition: Every row has a weight.
  /// - Complexity: O(n).
  public func weighted(by weights: SampleWeights?) -> Dataset {
    guard let weights else { return self }
    precondition(
      weights.values.count == sampleCount, "\(weights.values.count) weights of \(sampleCount) rows")
    var weighted = self
    weighted.sampleWeights = weights
    weighted.digest = Self.digest(digestOfRows, groups, weights)
    return weighted
  }

  /// The first class whose rows are all in one group; nil where there is none, or no groups are.
  ///
  /// - Complexity: O(n).
  public var classInOneGroup: String? {
    guard let groups else { return nil }
    var groupsOfClass = [Set<Int>](repeating: [], count: classCount)
    for (label, group) in zip(labels, groups.indices) { groupsOfClass[label].insert(group) }
    return groupsOfClass.firstIndex { $0.count == 1 }.map { classNames[$0] }
  }

  /// The row of the file that a row is, from 0.
  public func sourceRow(_ row: Int) -> Int { sourceRows?[row] ?? row }

  /// n, the number of rows.
  public var sampleCount: Int { features.rows }

  /// d, the number of columns.
  public var featureCount: Int { features.columns }

  /// K, the number of classes, empty ones included.
  public var classCount: Int { classNames.count }

  /// The number of rows of each class, K of them with sum n.
  ///
  /// - Complexity: O(n).
  public var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classCount)) { $0[$1] += 1 }
  }

  /// Swift calls strings equal that differ in normalisation; names are told apart by scalars.
  private static func requireDistinct(
    _ names: [String], noun: String
  ) throws(DatasetsError) {
    var seen: Set<[UInt8]> = []
    for name in names where !seen.insert(Array(name.utf8)).inserted {
      throw .repeatedName(noun: noun, name: name)
    }
  }
}

extension Dataset: Equatable {
  /// Whether two sets have the same name and content.
  ///
  /// Compares digests, so a set with NaN features equals itself, and -0 equals +0.
  public static func == (a: Dataset, b: Dataset) -> Bool {
    a.name == b.name && a.digest == b.digest
  }
}

extension Dataset {
  /// The set as CSV: a header, the features and the class name of each row in a last column.
  ///
  /// Numbers are the shortest that read back to the same double, so the reader returns a set with
  /// equal features, given the target by name; NaN and infinities need its `allowsNonFinite`. Where there is
  /// an encoding the columns are those of the file, without those that were left out.
  /// - Precondition: The target is not called like a feature.
  public func csv() -> String {
    let columns = encoding?.columns.indices.filter { encoding?.features(of: $0).isEmpty == false }
    let names = columns?.compactMap { encoding?.columns[$0].name } ?? featureNames
    precondition(
      !names.contains(targetName),
      "The target \(targetName) is called like a feature, so its column would be ambiguous")
    var writer = CSVWriter(header: names + [targetName])
    for row in 0..<sampleCount {
      var fields: [String] = []
      fields.reserveCapacity(names.count + 1)
      if let encoding, let columns {
        let values = features.elements[row * featureCount..<(row + 1) * featureCount]
        for column in columns {
          switch encoding.field(column, of: values) {
          case .number(let number): fields.append(CSVWriter.field(number))
          case .text(let text): fields.append(text)
          case nil: break
          }
        }
      } else {
        features.withRow(row) { values in
          for column in values.indices { fields.append(CSVWriter.field(values[column])) }
        }
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
