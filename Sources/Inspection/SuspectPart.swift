import Defenses
import LinAlg

/// Some rows of a set, with only the classes that can be judged by them.
struct SuspectPart {
  /// The positions of the rows in the whole set, ascending.
  let rows: [Int]

  /// The classes, as they are numbered in the whole set.
  let classes: [Int]

  /// The rows by themselves, with classes numbered anew.
  let suspects: Suspects

  /// The rows at some positions whose class has enough of them.
  init(_ whole: Suspects, rows: [Int]) {
    var counts = [Int](repeating: 0, count: whole.classCount)
    for row in rows { counts[whole.labels[row]] += 1 }
    let classes = counts.indices.filter { counts[$0] >= LabelEvidence.smallestClass }
    let kept = rows.filter { counts[whole.labels[$0]] >= LabelEvidence.smallestClass }
    (self.classes, self.rows) = (classes, kept)
    suspects = Suspects(
      features: kept.count == whole.count ? whole.features : whole.features.selectingRows(kept),
      labels: kept.map { classes.firstIndex(of: whole.labels[$0]) ?? 0 },
      classCount: classes.count, key: whole.key, seed: whole.seed)
  }

  /// The same rows with other labels, in the numbers of these classes.
  func labelled(_ labels: [Int]) -> Suspects {
    Suspects(
      features: suspects.features, labels: labels, classCount: suspects.classCount,
      key: suspects.key, seed: suspects.seed)
  }
}
