import Defenses
import LinAlg
import Models
public import Statistics

/// How many wrong labels an inspection would have named: some are planted into copies of the file.
///
/// Of the labels of each copy a share of 5 % is exchanged for others at random, and the copy is inspected
/// like the file. What is wrong in the file itself stays so.
public struct PlantedLabels: Sendable {
  /// How many labels were planted in all copies.
  public let planted: Int

  /// How many of them were named.
  public let named: Int

  /// The copies, unless another number is asked for.
  public static let copyCount = 2

  /// The share of the labels that are exchanged.
  public static let share = 0.05

  /// Rows beyond which a copy has so many.
  static let rowLimit = 5_000

  /// Plants labels into copies of the rows at some positions; nil where there is none or they cannot be judged.
  init?(
    _ suspects: Suspects, rows: [Int], _ regression: SoftmaxRegression,
    falseDiscoveryRate: Double, copies: Int, threads: Int, progress: (Int) -> Void
  ) {
    var stream = suspects.stream(.plantedLabels)
    let sample =
      rows.count > Self.rowLimit
      ? stream.permutation(of: rows.count, prefix: Self.rowLimit).sorted().map { rows[$0] } : rows
    let part = SuspectPart(suspects, rows: sample)
    let (n, k) = (part.rows.count, part.classes.count)
    guard k >= 2, copies > 0 else { return nil }
    var (planted, named) = (0, 0)
    for copy in 0..<copies {
      var stream = suspects.stream(.plantedLabels, row: copy + 1)
      var labels = part.suspects.labels
      let count = max(1, Int((Self.share * Double(n)).rounded()))
      let changed = Set(stream.permutation(of: n, prefix: count))
      for row in changed.sorted() {
        labels[row] = (labels[row] + 1 + stream.integer(below: k - 1)) % k
      }
      let evidence = LabelEvidence(
        part.labelled(labels), rows: Array(0..<n), regression, threads: threads
      ) { progress(copy * LabelPanel.roundCount + $0) }
      planted += count
      named += evidence.named(falseDiscoveryRate: falseDiscoveryRate).count(where: changed.contains)
    }
    (self.planted, self.named) = (planted, named)
  }

  /// The share of them that were named.
  public var power: Double { Double(named) / Double(planted) }

  /// The 95 % interval of that share.
  public var interval: Interval { BinomialInterval.wilson(named, of: planted) }
}
