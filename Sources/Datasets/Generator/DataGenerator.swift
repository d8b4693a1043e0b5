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

  /// Draws rows; every class has its share of any beginning to within about a row.
  ///
  /// - Precondition: 0 ≤ `count` < 2³².
  func sample(count: Int, key: RandomKey, seed: UInt32) -> Dataset

  /// The densities of its classes; nil where a class has none, as on a plane.
  var densities: (any ClassDensities)? { get }
}

/// The densities of K classes.
public protocol ClassDensities: Sendable {
  /// The logarithms of the K densities at a point of d features, all less the same constant.
  func logDensities(at x: [Double]) -> [Double]
}
