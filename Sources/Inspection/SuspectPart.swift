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

  /// The rows at some positions whose class has enough of them, not all in one group.
  init(_ whole: Suspects, rows: [Int]) {
    var counts = [Int](repeating: 0, count: whole.classCount)
    for row in rows { counts[whole.labels[row]] += 1 }
    var isJudged = counts.map { $0 >= LabelEvidence.smallestClass }
    if let groups = whole.groups {
      var groupsOfClass = [Set<Int>](repeating: [], count: whole.classCount)
      for row in rows { groupsOfClass[whole.labels[row]].insert(groups[row]) }
      for label in isJudged.indices where groupsOfClass[label].count < 2 { isJudged[label] = false }
    }
    let classes = counts.indices.filter { isJudged[$0] }
    let kept = rows.filter { isJudged[whole.labels[$0]] }
    (self.classes, self.rows) = (classes, kept)
    suspects = Suspects(
      features: kept.count == whole.count ? whole.features : whole.features.selectingRows(kept),
      labels: kept.map { classes.firstIndex(of: whole.labels[$0]) ?? 0 },
      classCount: classes.count, groups: whole.groups.map { groups in kept.map { groups[$0] } },
      key: whole.key, seed: whole.seed)
  }

  /// The same rows with other labels, in the numbers of these classes.
  func labelled(_ labels: [Int]) -> Suspects {
    Suspects(
      features: suspects.features, labels: labels, classCount: suspects.classCount,
      groups: suspects.groups,
      key: suspects.key, seed: suspects.seed)
  }
}
