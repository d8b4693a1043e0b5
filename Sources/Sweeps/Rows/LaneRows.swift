import Datasets
import LinAlg
import Poisoning

/// The clean rows of four seeds side by side, and what attacks get to see of them.
protocol LaneRows: Sendable {
  /// All rows that can be trained on, by column, each lane in the order of its seed.
  var columns: [Lanes.Quad] { get }

  /// The rows that models are judged on, by column.
  var validationColumns: [Lanes.Quad] { get }

  /// Begins with `count` consecutive seeds; lanes beyond repeat the first.
  mutating func begin(firstSeed: UInt32, count: Int)

  /// What attacks of a condition get to see in each lane, but for validation rows.
  func exposures(_ condition: Int) -> [Exposure]

  /// The classes of all rows of a lane that can be trained on.
  func labels(_ lane: Int) -> [Int]

  /// The rows of the data set that those are.
  func rowIDs(_ lane: Int) -> [Int]

  /// The classes of the rows that models are judged on.
  func validationLabels(_ lane: Int) -> [Int]

  /// The rows that models of a lane are judged on.
  func validation(_ lane: Int) -> LabeledRows

  /// The rows that somebody vouches for in a lane.
  func trusted(_ lane: Int) -> LabeledRows

  /// Clean rows of a lane by their places.
  func rows(_ places: Range<Int>, lane: Int) -> TrainingSet
}

extension LaneRows {
  /// What an attack of a condition gets to see in each lane.
  func exposures(_ condition: Int, to attack: any Attack) -> [Exposure] {
    // Few attacks see validation rows, and for the others none are gathered.
    guard attack.threat.seesValidation else { return exposures(condition) }
    return exposures(condition).enumerated().map { lane, exposure in
      var exposure = exposure
      exposure.validation = validation(lane)
      return exposure
    }
  }

  static func seed(_ lane: Int, _ firstSeed: UInt32, _ count: Int) -> UInt32 {
    firstSeed + UInt32(lane < count ? lane : 0)
  }
}

extension Study {
  var laneRows: any LaneRows { source.grows ? GrowingRows(self) : SplitRows(self) }
}
