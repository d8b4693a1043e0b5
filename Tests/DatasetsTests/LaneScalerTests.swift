import Datasets
import LinAlg
import TestSupport
import Testing

/// The forms that work on four tables, or draw again and again, against those of one.
struct LaneScalerTests {
  /// Tables of one shape, of numbers that differ by lanes.
  private typealias Table = @Sendable (_ lane: Int, _ index: Int, _ x: Double) -> Double
  private static let tables: [String: Table] =
    [
      "normal": { lane, _, x in x + Double(lane) },
      "constant column": { _, index, x in index % 3 == 1 ? 0.1 : x },
      "constant lane": { lane, _, x in lane == 2 ? 7 : x },
      "nearly constant": { _, index, x in 1e9 + 1e-7 * (index % 3 == 0 ? x : 0) },
      "huge": { _, _, x in 1e300 * x },
      "largest": { _, index, _ in
        index % 2 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
      },
      "tiny": { _, _, x in 1e-300 * x },
      "subnormal": { _, _, x in 0x1p-1030 * x },
      "zero": { _, _, _ in 0 },
      "mixed": { lane, _, x in [1, 1e300, 1e-300, 0x1p-1030][lane] * x },
      "mixed with constants": { lane, _, x in lane == 0 ? 1e300 : lane == 1 ? x : 1e-308 * x },
      "infinite lane": { lane, index, x in lane == 1 && index == 4 ? .infinity : x },
    ]

  @Test(arguments: ScalerKind.allCases, tables.keys.sorted())
  func everyLaneIsAScaler(_ kind: ScalerKind, _ name: String) throws {
    let value = try #require(Self.tables[name])
    let d = 3
    for rows in [1, 2, 3, 4, 5, 20, 33] {
      let numbers = normalArray(4 * rows * d, seed: 3)
      let matrices = (0..<4).map { lane in
        Matrix(
          rows: rows, columns: d,
          elements: (0..<rows * d).map { value(lane, $0, numbers[4 * $0 + lane]) })
      }
      var columns = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: rows * d)
      Lanes.interleave(
        matrices.flatMap(\.elements), columns: d,
        rows: (0..<4).map { lane in (0..<rows).map { lane * rows + $0 } }, into: &columns)
      var scaler = LaneScaler(kind, featureCount: d)
      scaler.fit(columns, rows: rows)
      scaler.transform(&columns, rows: rows)
      for lane in 0..<4 {
        let single = Scaler(kind, fittedTo: matrices[lane])
        let expected = single.transform(matrices[lane])
        for row in 0..<rows {
          for j in 0..<d {
            let (actual, wanted) = (columns[j * rows + row][lane], expected[row, j])
            let agree =
              actual.bitPattern == wanted.bitPattern || (actual.isNaN && wanted.isNaN)
            #expect(agree, "\(rows) rows, lane \(lane), [\(row), \(j)]: \(actual), not \(wanted)")
          }
        }
      }
    }
  }

  /// A scaler that was fitted before forgets it.
  @Test(arguments: ScalerKind.allCases) func fitsAgain(_ kind: ScalerKind) {
    let first = [Lanes.Quad](repeating: Lanes.Quad(1, 2, 3, 4), count: 6)
    let second = (0..<6).map { Lanes.Quad(repeating: Double($0 * $0)) }
    var used = LaneScaler(kind, featureCount: 2)
    used.fit(second, rows: 3)
    used.fit(first, rows: 3)
    var fresh = LaneScaler(kind, featureCount: 2)
    fresh.fit(first, rows: 3)
    var (a, b) = (second, second)
    used.transform(&a, rows: 3)
    fresh.transform(&b, rows: 3)
    #expect(a == b)
  }

  @Test func shapesAreChecked() async {
    await #expect(processExitsWith: .failure) {
      var scaler = LaneScaler(.standard, featureCount: 2)
      scaler.fit([], rows: 1)
    }
    await #expect(processExitsWith: .failure) {
      var columns = [Lanes.Quad(repeating: 0)]
      LaneScaler(.standard, featureCount: 2).transform(&columns, rows: 1)
    }
  }

  @Test(arguments: EmbeddedDataset.allCases, [0.05, 0.2, 0.3, 0.5])
  func drawsAreSplits(_ embedded: EmbeddedDataset, _ share: Double) throws {
    let dataset = embedded.load()
    var splitter = try StratifiedSplitter(
      labels: dataset.labels, classCount: dataset.classCount, validationShare: share)
    // Backwards and forwards again: a draw does not depend on those before.
    for seed: UInt32 in [3, 2, 1, 0, 1, 2, .max] {
      splitter.draw(seed: seed)
      let split = try Split.stratified(dataset, validationShare: share, seed: seed)
      #expect(splitter.split == split)
    }
  }
}
