public import LinAlg

/// What the encoding of a data set takes from the training rows of a split: nothing else knows them.
///
/// Gaps become the median of the training rows before any attack, in all rows alike; 0 in a column of which
/// no training row has a value. A text that no training row has is unknown: the columns of its group are 0 in
/// rows that are not trained on.
///
/// Source: as `SimpleImputer(strategy="median")` and `OneHotEncoder(handle_unknown="ignore")` of
/// scikit-learn 1.9.1, fitted to those rows.
public struct FittedEncoding: Sendable, Equatable {
  /// The columns that may have gaps.
  public let gapColumns: [Int]

  /// What gaps become in each of them.
  public package(set) var medians: [Double]

  /// The columns of one-hot groups that are 0 in all training rows.
  public package(set) var unseenColumns: [Int]

  /// Nothing is to be done.
  package static let plain = FittedEncoding(gapColumns: [], medians: [], unseenColumns: [])

  package init(gapColumns: [Int], medians: [Double], unseenColumns: [Int]) {
    (self.gapColumns, self.medians, self.unseenColumns) = (gapColumns, medians, unseenColumns)
  }

  /// Takes what is needed from some rows of a data set.
  ///
  /// - Complexity: O(rows · log rows) a column with gaps, O(rows) one of a group.
  public init(_ dataset: Dataset, trainingRows rows: [Int]) {
    guard let encoding = dataset.encoding else {
      self = .plain
      return
    }
    let (x, d) = (dataset.features.elements, dataset.featureCount)
    gapColumns = encoding.gapColumns
    medians = gapColumns.map { j in
      var values: [Double] = []
      for row in rows where !x[row * d + j].isNaN { values.append(x[row * d + j]) }
      return Self.median(values)
    }
    unseenColumns = encoding.learntColumns.filter { j in
      !rows.contains { x[$0 * d + j] != 0 }
    }
  }

  /// The median of the values of a column that are there; 0 of none.
  package static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : Scaler.median(values)
  }

  /// Whether nothing is to be done.
  public var isPlain: Bool { gapColumns.isEmpty && unseenColumns.isEmpty }

  /// Fills the gaps of rows that are trained on.
  package func complete(_ features: inout Matrix<Double>) {
    guard !gapColumns.isEmpty else { return }
    let (rows, d) = (features.rows, features.columns)
    let (columns, medians) = (gapColumns, medians)
    features.withMutableElements { x in
      for row in 0..<rows {
        for (place, j) in columns.enumerated() where x[row * d + j].isNaN {
          x[row * d + j] = medians[place]
        }
      }
    }
  }

  /// Fills the gaps of rows that are not trained on, and leaves out texts that are unknown.
  package func completeOthers(_ features: inout Matrix<Double>) {
    complete(&features)
    guard !unseenColumns.isEmpty else { return }
    let (rows, d, unseen) = (features.rows, features.columns, unseenColumns)
    features.withMutableElements { x in
      for row in 0..<rows {
        for j in unseen { x[row * d + j] = 0 }
      }
    }
  }
}

extension TableEncoding {
  /// The columns of numbers of which training rows must show that they are known.
  package var learntColumns: [Int] {
    columns.indices.filter { columns[$0].kind == .onehot }.flatMap { features(of: $0) }
  }
}

extension LabeledRows {
  /// The rows of a data set at the given indices, which are not trained on, as those see them that are.
  package init(_ dataset: Dataset, rows: [Int], _ fitted: FittedEncoding) {
    self.init(dataset, rows: rows)
    guard !fitted.isPlain else { return }
    fitted.completeOthers(&features)
  }
}

extension Dataset {
  /// The features with gaps filled in by all rows, for those who learn from all of them.
  public var completedFeatures: Matrix<Double> {
    guard let encoding, !encoding.gapColumns.isEmpty else { return features }
    var completed = features
    FittedEncoding(self, trainingRows: Array(0..<sampleCount)).complete(&completed)
    return completed
  }

  /// The set with gaps filled in by all rows, for those who learn from all of them.
  public var completed: Dataset {
    guard let encoding, !encoding.gapColumns.isEmpty,
      let set = try? Dataset(
        name: name, features: completedFeatures, labels: labels, classNames: classNames,
        featureNames: featureNames, targetName: targetName, encoding: encoding,
        sourceRows: sourceRows, remark: remark)
    else { return self }
    return set
  }
}
