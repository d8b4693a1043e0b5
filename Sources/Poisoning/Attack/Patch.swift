public import LinAlg

/// What an attack does to a training set: the rows it takes and what they become.
///
/// Only positions, never a copy of the set. What is nil stays as it was: an attack on labels has no
/// features, an attack on features no labels. A patch can be written again and again in the same
/// storage.
public struct Patch: Sendable, Equatable {
  /// Positions in the training set, each once; row i of what follows belongs to `rows[i]`.
  public private(set) var rows: [Int] = []

  /// New features, row after row; empty where `featureCount` is nil.
  package internal(set) var featureElements: [Double] = []

  /// Number of features d; nil where features stay.
  package private(set) var featureCount: Int?

  /// New labels; empty where `changesLabels` is false.
  package private(set) var labelElements: [Int] = []

  /// Whether labels change.
  package private(set) var changesLabels = false

  /// A patch of no row.
  public init() {}

  /// A patch of k rows.
  ///
  /// - Precondition: Features and labels, where given, have one entry for each row.
  public init(rows: [Int], features: Matrix<Double>? = nil, labels: [Int]? = nil) {
    precondition(
      (features?.rows ?? rows.count) == rows.count && (labels?.count ?? rows.count) == rows.count,
      "A patch of \(rows.count) rows needs as many features and labels")
    self.rows = rows
    featureElements = features?.elements ?? []
    featureCount = features?.columns
    labelElements = labels ?? []
    changesLabels = labels != nil
  }

  /// New features, k × d.
  public var features: Matrix<Double>? {
    featureCount.map { Matrix(rows: rows.count, columns: $0, elements: featureElements) }
  }

  /// New labels, k of them.
  public var labels: [Int]? { changesLabels ? labelElements : nil }

  /// The patch of the first `count` rows alone.
  ///
  /// - Precondition: The patch has as many.
  public func prefix(_ count: Int) -> Patch {
    precondition(count >= 0 && count <= rows.count, "\(count) of \(rows.count) rows")
    var patch = self
    patch.rows.removeLast(rows.count - count)
    if let featureCount { patch.featureElements.removeLast((rows.count - count) * featureCount) }
    if changesLabels { patch.labelElements.removeLast(rows.count - count) }
    return patch
  }

  /// Which of the training rows after the attack are the attacker's, for `count` rows before it.
  ///
  /// Deleted rows are not there.
  public func isPoisoned(of count: Int, flow: Flow) -> [Bool] {
    var flags = [Bool](repeating: false, count: flow.trainingCount(count, poisoned: rows.count))
    switch flow {
    case .replace: for row in rows { flags[row] = true }
    case .add: for index in rows.indices { flags[count + index] = true }
    case .delete: break
    }
    return flags
  }

  /// Starts again without rows, to change `featureCount` features, labels, or both.
  public mutating func begin(featureCount: Int? = nil, changesLabels: Bool = false) {
    rows.removeAll(keepingCapacity: true)
    featureElements.removeAll(keepingCapacity: true)
    labelElements.removeAll(keepingCapacity: true)
    (self.featureCount, self.changesLabels) = (featureCount, changesLabels)
  }

  /// Adds a row; its features and label follow, where the patch changes them.
  public mutating func append(row: Int) { rows.append(row) }

  /// Adds a row that has a label of its own.
  mutating func append(row: Int, label: Int) {
    rows.append(row)
    labelElements.append(label)
  }

  /// Adds the next feature of the row added last.
  public mutating func append(feature: Double) { featureElements.append(feature) }

  /// Adds all features of the row added last: those of a row of a training set.
  mutating func append(featuresOf set: TrainingSet, row: Int) {
    let d = set.features.columns
    featureElements.append(contentsOf: set.features.elements[row * d..<(row + 1) * d])
  }

  /// Changes a feature of the row added last.
  mutating func changeFeature(_ column: Int, to value: Double) {
    changeFeature(column, ofRow: rows.count - 1, to: value)
  }

  /// Changes a feature of the row that was added as number `index`.
  mutating func changeFeature(_ column: Int, ofRow index: Int, to value: Double) {
    featureElements[index * (featureCount ?? 0) + column] = value
  }

  /// Adds all features of the row added last, each uniform on an interval.
  mutating func appendUniforms(
    from lower: [Double], to upper: [Double], _ stream: inout RandomStream
  ) {
    stream.uniforms(from: lower, to: upper, appendingTo: &featureElements)
  }

  /// Adds the label of the row added last.
  public mutating func append(label: Int) { labelElements.append(label) }
}
