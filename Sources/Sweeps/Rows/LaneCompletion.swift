import Datasets
import LinAlg

/// What `FittedEncoding` is for one seed, for those of four lanes at a time.
struct LaneCompletion {
  /// What the training rows of each lane have settled.
  private(set) var fitted: [FittedEncoding]

  private let gapColumns: [Int]

  /// The columns of groups that may be 0 in all training rows, because so few rows are not.
  private let rareColumns: [Int]

  private var values: [Double] = []

  /// Prepares for splits of a data set that leave `others` rows out of training.
  init(_ dataset: Dataset, others: Int) {
    gapColumns = dataset.encoding?.gapColumns ?? []
    let (x, d) = (dataset.features.elements, dataset.featureCount)
    rareColumns = (dataset.encoding?.learntColumns ?? []).filter { j in
      (0..<dataset.sampleCount).count { x[$0 * d + j] != 0 } <= others
    }
    let none = FittedEncoding(
      gapColumns: gapColumns, medians: gapColumns.map { _ in 0 }, unseenColumns: [])
    fitted = Array(repeating: none, count: 4)
  }

  /// Whether nothing is ever to be done.
  var isPlain: Bool { gapColumns.isEmpty && rareColumns.isEmpty }

  /// Takes what it needs from training rows, by column, and fills their gaps.
  mutating func fit(_ columns: inout [Lanes.Quad], rows: Int) {
    guard !isPlain else { return }
    for (place, j) in gapColumns.enumerated() {
      for lane in fitted.indices {
        values.removeAll(keepingCapacity: true)
        for index in j * rows..<(j + 1) * rows where !columns[index][lane].isNaN {
          values.append(columns[index][lane])
        }
        fitted[lane].medians[place] = FittedEncoding.median(values)
      }
    }
    fill(&columns, rows: rows)
    for lane in fitted.indices {
      fitted[lane].unseenColumns = rareColumns.filter { j in
        !(j * rows..<(j + 1) * rows).contains { columns[$0][lane] != 0 }
      }
    }
  }

  /// Fills the gaps of rows that are not trained on, and leaves out texts that are unknown.
  func complete(_ columns: inout [Lanes.Quad], rows: Int) {
    guard !isPlain else { return }
    fill(&columns, rows: rows)
    for (lane, fitted) in fitted.enumerated() {
      for j in fitted.unseenColumns {
        for index in j * rows..<(j + 1) * rows { columns[index][lane] = 0 }
      }
    }
  }

  private func fill(_ columns: inout [Lanes.Quad], rows: Int) {
    for (place, j) in gapColumns.enumerated() {
      let medians = Lanes.Quad(
        fitted[0].medians[place], fitted[1].medians[place], fitted[2].medians[place],
        fitted[3].medians[place])
      for index in j * rows..<(j + 1) * rows {
        let x = columns[index]
        // NaN alone differs from itself.
        columns[index] = x.replacing(with: medians, where: x .!= x)
      }
    }
  }
}
