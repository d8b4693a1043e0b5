import Defenses
import LinAlg

/// Which rows of a set have the same features.
struct SharedFeatures {
  /// For each row another with the same features and another class; nil where there is none.
  let twins: [Int?]

  /// How many rows have the features of an earlier one.
  let rowCount: Int

  init(_ suspects: Suspects) {
    let d = suspects.features.columns
    let x = suspects.features.elements
    var groups: [[UInt64]: [Int]] = [:]
    for row in 0..<suspects.count {
      // −0 is 0 to every model.
      groups[(row * d..<(row + 1) * d).map { (x[$0] + 0).bitPattern }, default: []].append(row)
    }
    var twins = [Int?](repeating: nil, count: suspects.count)
    for rows in groups.values where rows.count > 1 {
      for row in rows {
        twins[row] = rows.first { suspects.labels[$0] != suspects.labels[row] }
      }
    }
    self.twins = twins
    rowCount = suspects.count - groups.count
  }
}
