import Datasets
import LinAlg
import Models
import Poisoning

/// Rows that grow: those of a split or of a generator, of which a condition takes the first.
struct GrowingRows: LaneRows {
  private let study: Study
  private let drawing: RowDrawing
  /// The numbers of rows that attacks get, each once.
  private let bases: [Int]
  private let baseOfCondition: [Int]
  private var lanes: [SeedRows]
  /// By the number of rows, then by lane.
  private var exposures: [[Exposure]] = []
  private(set) var columns: [Lanes.Quad]
  private(set) var validationColumns: [Lanes.Quad]

  init(_ study: Study) {
    self.study = study
    drawing = RowDrawing(study)
    let counts = study.attackedCounts.isEmpty ? [study.trainingCount] : study.attackedCounts
    let bases = counts.distinct
    self.bases = bases
    baseOfCondition = study.attackedCounts.map { bases.firstIndex(of: $0) ?? 0 }
    let (d, zero) = (study.dataset.featureCount, Lanes.Quad(repeating: 0))
    columns = Array(repeating: zero, count: study.trainingCount * d)
    validationColumns = Array(repeating: zero, count: study.validationCount * d)
    lanes = []
  }

  mutating func begin(firstSeed: UInt32, count: Int) {
    let seeds = (0..<SeedBatch.laneCount).map { Self.seed($0, firstSeed, count) }
    lanes = seeds.map(drawing.rows)
    let orders = zip(lanes, seeds).map { rows, seed in
      var order: [Int] = []
      poisonOrder(of: rows.pool.count, key: study.key, seed: seed, into: &order)
      return order
    }
    exposures = bases.map { attacked in
      lanes.indices.map { lane in
        Exposure(
          lanes[lane].pool.rows(in: 0..<attacked), orderOfAll: orders[lane], key: study.key,
          seed: seeds[lane])
      }
    }
    for (lane, rows) in lanes.enumerated() {
      Self.copy(rows.pool.features, lane, to: &columns)
      Self.copy(rows.validation.features, lane, to: &validationColumns)
    }
  }

  /// Writes the rows of a table into a lane of columns.
  private static func copy(
    _ rows: Matrix<Double>, _ lane: Int, to columns: inout [Lanes.Quad]
  ) {
    for row in 0..<rows.rows {
      for j in 0..<rows.columns {
        columns[j * rows.rows + row][lane] = rows.elements[row * rows.columns + j]
      }
    }
  }

  func exposures(_ condition: Int) -> [Exposure] { exposures[baseOfCondition[condition]] }

  func labels(_ lane: Int) -> [Int] { lanes[lane].pool.labels }

  func rowIDs(_ lane: Int) -> [Int] { lanes[lane].pool.rowIDs }

  func validationLabels(_ lane: Int) -> [Int] { lanes[lane].validation.labels }

  func validation(_ lane: Int) -> LabeledRows { lanes[lane].validation }

  func trusted(_ lane: Int) -> LabeledRows { lanes[lane].trusted }

  func rows(_ places: Range<Int>, lane: Int) -> TrainingSet {
    lanes[lane].pool.rows(in: places)
  }
}
