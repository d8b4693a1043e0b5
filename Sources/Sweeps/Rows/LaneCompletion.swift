import Datasets
import LinAlg

/// What `FittedEncoding` is for one seed, for those of four lanes at a time.
struct LaneCompletion {
  /// What the training rows of each lane have settled.
  private(set) var fitted: [FittedEncoding]

  private let gapColumns: [Int]

  /// The columns of groups that may be 0 in all training rows, because so few rows are not.
  private let rareColumns: [Int]

  /// Of each column with gaps the rows that have a value, by it; equal ones in their order.
  private let rowsByValue: [[Int]]

  /// Those values.
  private let sortedValues: [[Double]]

  /// Of each column with gaps what every row adds to two counts: 1 where it has a value, 2³² where that is below the
  /// middle of all.
  private let additions: [[Int]]

  /// Whether each row of the data set is trained on, lane by lane in turn.
  private var isTrained: [Bool]

  /// Prepares for splits of a data set that leave `others` rows out of training.
  init(_ dataset: Dataset, others: Int) {
    gapColumns = dataset.encoding?.gapColumns ?? []
    let (x, d) = (dataset.features.elements, dataset.featureCount)
    rareColumns = (dataset.encoding?.learntColumns ?? []).filter { j in
      (0..<dataset.sampleCount).count { x[$0 * d + j] != 0 } <= others
    }
    rowsByValue = gapColumns.map { j in
      (0..<dataset.sampleCount).filter { !x[$0 * d + j].isNaN }
        .sorted { (x[$0 * d + j], $0) < (x[$1 * d + j], $1) }
    }
    sortedValues = zip(gapColumns, rowsByValue).map { j, rows in rows.map { x[$0 * d + j] } }
    additions = rowsByValue.map { order in
      var additions = [Int](repeating: 0, count: dataset.sampleCount)
      for (rank, row) in order.enumerated() {
        additions[row] = rank < order.count / 2 ? (1 << 32) + 1 : 1
      }
      return additions
    }
    isTrained = Array(repeating: false, count: dataset.sampleCount)
    let none = FittedEncoding(
      gapColumns: gapColumns, medians: gapColumns.map { _ in 0 }, unseenColumns: [])
    fitted = Array(repeating: none, count: 4)
  }

  /// Whether nothing is ever to be done.
  var isPlain: Bool { gapColumns.isEmpty && rareColumns.isEmpty }

  /// Takes what it needs from training rows, given by lane and by column, and fills their gaps.
  mutating func fit(_ columns: inout [Lanes.Quad], rows: Int, train: [[Int]]) {
    guard !isPlain else { return }
    if !gapColumns.isEmpty {
      for lane in fitted.indices {
        for row in isTrained.indices { isTrained[row] = false }
        for row in train[lane] { isTrained[row] = true }
        let others = isTrained.indices.filter { !isTrained[$0] }
        fitted[lane].medians = gapColumns.indices.map { median($0, without: others) }
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

  /// The median of a column over the rows that are trained on, all but `others`.
  ///
  /// It is looked for from the middle of all rows: how many of the others are below that, tells how far it is.
  /// - Complexity: O(others), and the way from one to the other.
  private func median(_ place: Int, without others: [Int]) -> Double {
    let (order, additions) = (rowsByValue[place], additions[place])
    var counts = 0
    for row in others { counts += additions[row] }
    let (below, known) = (counts >> 32, counts & 0xFFFF_FFFF)
    let count = order.count - known
    guard count > 0 else { return FittedEncoding.median([]) }
    // The rank among training rows of the first at or behind `position`.
    var (position, rank) = (order.count / 2, order.count / 2 - below)
    let wanted = (count - 1) / 2
    while rank > wanted {
      position -= 1
      if isTrained[order[position]] { rank -= 1 }
    }
    func next() {
      while !isTrained[order[position]] { position += 1 }
    }
    next()
    while rank < wanted {
      position += 1
      next()
      rank += 1
    }
    let lower = sortedValues[place][position]
    guard count.isMultiple(of: 2) else { return FittedEncoding.median([lower]) }
    position += 1
    next()
    return FittedEncoding.median([lower, sortedValues[place][position]])
  }

  private func fill(_ columns: inout [Lanes.Quad], rows: Int) {
    var x = columns.mutableSpan
    for (place, j) in gapColumns.enumerated() {
      let medians = Lanes.Quad(
        fitted[0].medians[place], fitted[1].medians[place], fitted[2].medians[place],
        fitted[3].medians[place])
      for index in j * rows..<(j + 1) * rows {
        let value = x[index]
        // NaN alone differs from itself.
        x[index] = value.replacing(with: medians, where: value .!= value)
      }
    }
  }
}
