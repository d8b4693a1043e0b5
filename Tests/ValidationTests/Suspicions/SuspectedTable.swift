import Datasets
import LinAlg

/// Tables for suspicions, column by column.
enum SuspectedTable {
  static func dataset(
    _ columns: [(name: String, values: [Double])], labels: [Int], classNames: [String]? = nil
  ) throws -> Dataset {
    let n = labels.count
    let elements = (0..<n).flatMap { row in columns.map { $0.values[row] } }
    let classCount = (labels.max() ?? 0) + 1
    return try Dataset(
      name: "table", features: Matrix(rows: n, columns: columns.count, elements: elements),
      labels: labels, classNames: classNames ?? (0..<classCount).map { "class \($0)" },
      featureNames: columns.map(\.name), targetName: "y")
  }

  /// Numbers that have nothing to do with anything.
  static func noise(_ count: Int, seed: UInt32) -> [Double] {
    var stream = RandomStream(purpose: RandomPurpose(9_971), seed: seed)
    return (0..<count).map { _ in stream.normal() }
  }

  /// The labels 0 to `classCount` − 1 in turn, shuffled.
  static func labels(_ count: Int, classes: Int, seed: UInt32) -> [Int] {
    var stream = RandomStream(purpose: RandomPurpose(9_972), seed: seed)
    var labels = (0..<count).map { $0 % classes }
    stream.shuffle(&labels, prefix: count)
    return labels
  }
}
