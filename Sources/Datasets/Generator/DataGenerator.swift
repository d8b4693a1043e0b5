public import LinAlg

/// A source of labelled samples whose distribution is known.
///
/// Row i of a sample is a function of the key, the seed and i, and the first m rows of a sample are the
/// sample of m: training sets grow along a curve without being drawn anew.
public protocol DataGenerator: Sendable {
  /// What its samples are called.
  var name: String { get }

  /// The K probabilities of the classes, with sum 1.
  var priors: [Double] { get }

  /// The names of features, classes and target: a data set without rows.
  var space: Dataset { get }

  /// Adds the d features of one row of a class, drawn from the stream of the row.
  func appendRow(ofClass label: Int, _ stream: inout RandomStream, to elements: inout [Double])

  /// The densities of its classes; nil where a class has none, as on a plane.
  var densities: (any ClassDensities)? { get }
}

/// The densities of K classes.
public protocol ClassDensities: Sendable {
  /// The logarithms of the K densities at a point of d features, all less the same constant.
  func logDensities(at x: [Double]) -> [Double]
}

extension DataGenerator {
  /// What its samples are called: as the data set without rows.
  public var name: String { space.name }

  /// Draws rows as a data set; every class has its share of any beginning to within about a row.
  ///
  /// Row i has the class with the greatest prior·(i + 1) − rows of the class so far, ties to the
  /// smaller class index, and its features come from the stream (key, `.generator`, seed, i).
  /// So the labels are the same for every seed.
  /// - Precondition: 0 ≤ `count` < 2³².
  public func sample(count: Int, key: RandomKey = .standard, seed: UInt32) -> Dataset {
    precondition(count >= 0, "No sample of \(count) rows")
    let labels = ClassSequence.labels(count: count, priors: priors)
    let space = space
    do {
      return try Dataset(
        name: name, features: features(ofClasses: labels, key: key, seed: seed), labels: labels,
        classNames: space.classNames, featureNames: space.featureNames,
        targetName: space.targetName)
    } catch {
      preconditionFailure("A space accepts the rows of its generator: \(error)")
    }
  }

  /// The features of rows of the given classes: row i from the stream (key, purpose, seed, i).
  public func features(
    ofClasses labels: [Int], key: RandomKey = .standard, purpose: RandomPurpose = .generator,
    seed: UInt32
  ) -> Matrix<Double> {
    let d = space.featureCount
    var elements: [Double] = []
    elements.reserveCapacity(labels.count * d)
    for (row, label) in labels.enumerated() {
      var stream = RandomStream(key: key, purpose: purpose, seed: seed, row: row)
      appendRow(ofClass: label, &stream, to: &elements)
    }
    return Matrix(rows: labels.count, columns: d, elements: elements)
  }
}
