public import LinAlg

/// Rows of a data set divided into those to train on and those to validate on.
public struct Split: Sendable, Equatable {
  /// The rows to train on, ascending.
  public internal(set) var train: [Int]

  /// The rows to validate on, ascending.
  public internal(set) var validation: [Int]

  /// The rows that somebody vouches for, ascending.
  public internal(set) var trusted: [Int]

  /// The rows of groups that are for nothing under this seed, ascending, so that every split has as many rows
  /// on each side; every row is in exactly one of the four.
  public internal(set) var setAside: [Int]

  /// Puts the rows of a split together.
  package init(train: [Int], validation: [Int], trusted: [Int], setAside: [Int] = []) {
    (self.train, self.validation, self.trusted) = (train, validation, trusted)
    self.setAside = setAside
  }

  /// No rows at all.
  package static let none = Split(train: [], validation: [], trusted: [])

  /// Draws a split of `dataset` in which every class has its share, and each group is on one side.
  ///
  /// See `stratified(labels:classCount:validationShare:trustedShare:key:seed:)`; of groups, `GroupDeal`.
  public static func stratified(
    _ dataset: Dataset, validationShare: Double, trustedShare: Double = 0,
    key: RandomKey = .standard, seed: UInt32
  ) throws(DatasetsError) -> Split {
    var splitter = try StratifiedSplitter(
      dataset, validationShare: validationShare, trustedShare: trustedShare)
    splitter.draw(key: key, seed: seed)
    return splitter.split
  }

  /// Draws a split in which every class has its share.
  ///
  /// m = ⌈share · n⌉ rows are for validation; a product within two roundings of an integer counts
  /// as that integer, so 0.07 of 100 rows are 7. Class c gives m·n_c/n of them, rounded by the
  /// method of largest remainders with ties to the smaller class index; a class with rows keeps
  /// one to train on. How many rows each class gives is thus the same for every seed. Which ones
  /// is decided by a permutation from the stream (key, `.split`, seed, class): a greater share
  /// with the same seed takes the same rows and more, wherever its classes give as many or more.
  /// Trusted rows are shared out likewise and come next in the permutation.
  ///
  /// - Precondition: Every label is in 0..<classCount.
  /// - Throws: `DatasetsError.validationShareOutOfRange` unless 0 < share < 1;
  ///   `.validationTooLarge` if m rows cannot be taken while every class keeps one; likewise
  ///   `.trustedShareOutOfRange` unless 0 ≤ share < 1, and `.trustedTooLarge`.
  /// - Complexity: O(n log n).
  public static func stratified(
    labels: [Int], classCount: Int, validationShare: Double, trustedShare: Double = 0,
    key: RandomKey = .standard, seed: UInt32
  ) throws(DatasetsError) -> Split {
    var splitter = try StratifiedSplitter(
      labels: labels, classCount: classCount, validationShare: validationShare,
      trustedShare: trustedShare)
    splitter.draw(key: key, seed: seed)
    return splitter.split
  }
}
