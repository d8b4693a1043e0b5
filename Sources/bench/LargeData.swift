import Datasets
import Foundation
import LinAlg
import Models

/// A large table, generated or of a package.
enum LargeData: Sendable {
  /// Normal rows around as many centres as there are classes, a tenth of the labels wrong.
  case clusters(Int, queries: Int, features: Int, classes: Int)

  /// Rows of Fashion-MNIST as its package has them, each feature standardised.
  case fashion(Int, queries: Int)

  /// Rows to learn from or to search, and rows to ask about.
  struct Tables: Sendable {
    let points: Matrix<Double>
    let labels: [Int]
    let queries: Matrix<Double>

    var problem: Problem {
      Problem(features: points, labels: labels, classCount: (labels.max() ?? 0) + 1)
    }
  }

  func tables() throws -> Tables {
    switch self {
    case .fashion(let count, let queryCount):
      let set = try InstalledDataset.fashionMNIST.load()
      let whole = Scaler(.standard, fittedTo: set.features).transform(set.features)
      return Tables(
        points: whole.selectingRows(Array(0..<count)), labels: Array(set.labels[..<count]),
        queries: whole.selectingRows(Array(set.sampleCount - queryCount..<set.sampleCount)))
    case .clusters(let count, let queryCount, let featureCount, let classCount):
      var stream = RandomStream(key: .standard, purpose: .benchmarkRows, seed: 1)
      let centers = (0..<classCount).map { _ in (0..<featureCount).map { _ in stream.normal() } }
      func rows(_ count: Int) -> Matrix<Double> {
        var elements: [Double] = []
        elements.reserveCapacity(count * featureCount)
        for row in 0..<count {
          for center in centers[row % classCount] { elements.append(center + stream.normal()) }
        }
        return Matrix(rows: count, columns: featureCount, elements: elements)
      }
      let (points, queries) = (rows(count), rows(queryCount))
      let labels = (0..<count).map { row in
        let shift = stream.integer(below: 10) == 0 ? 1 + stream.integer(below: classCount - 1) : 0
        return (row + shift) % classCount
      }
      return Tables(points: points, labels: labels, queries: queries)
    }
  }
}

extension LargeData.Tables {
  /// The files that peers read: doubles and 64-bit integers as they are in memory, lowest byte first.
  func write(_ name: String, in folder: URL) throws -> (
    points: String, labels: String, queries: String
  ) {
    let place = { (suffix: String) in folder.appending(path: "\(name).\(suffix)").path }
    try Self.write(points.elements.map(\.bitPattern), to: place("points"))
    try Self.write(labels.map { UInt64($0) }, to: place("labels"))
    if queries.rows > 0 { try Self.write(queries.elements.map(\.bitPattern), to: place("queries")) }
    return (place("points"), place("labels"), queries.rows > 0 ? place("queries") : "")
  }

  static func write(_ words: [UInt64], to path: String) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words.count)
    for word in words {
      var bits = word
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}
