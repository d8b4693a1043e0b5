package import Analyses
import Poisoning
import Statistics
import Store
import Sweeps

/// A comparison of data sets for machines.
package struct ComparisonRecord: Encodable, Sendable {
  struct SetRecord: Encodable {
    let name: String
    let digest: String
    let classes: [String]
    let trainingRows: Int
    let validationRows: Int
    let firstSeed: Int
    let seeds: Int
  }

  struct Cell: Encodable {
    let dataset: String
    let accuracy: MomentsRecord
    /// Nil where nothing is done to the rows.
    let accuracyDrop: MomentsRecord?
  }

  struct Row: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let model: String
    let cells: [Cell]
  }

  struct Worst: Encodable {
    let attack: String
    let level: Double
    let defense: String
    let model: String
    let dataset: String
    let next: String
    /// The drop on the one minus the drop on the other, with Welch's interval.
    let difference: Double?
    let ci95: [Double]?
    let adjustedP: Double
    let isSure: Bool
  }

  let datasets: [SetRecord]
  let rows: [Row]
  /// The data set that suffers most, and the one after it, at the highest level.
  let worst: [Worst]
  let leftOut: [String]

  /// The record of a comparison.
  package init(_ comparison: SetComparison) {
    let sets = comparison.sets
    datasets = sets.map { set in
      SetRecord(
        name: set.name, digest: set.facts.datasetDigest, classes: set.facts.classNames,
        trainingRows: set.trainingCount, validationRows: set.facts.validationCount,
        firstSeed: Int(set.facts.firstSeed), seeds: set.seedCount)
    }
    rows = comparison.rows.map { row in
      Row(
        attack: row.cell.attackName, level: row.cell.level.share, defense: row.cell.defenseName,
        model: row.cell.modelName,
        cells: zip(sets, row.cells).map { set, cell in
          Cell(
            dataset: set.name, accuracy: MomentsRecord(cell.accuracy),
            accuracyDrop: row.isClean ? nil : MomentsRecord(cell.accuracyDrop))
        })
    }
    worst = comparison.worst.map { worst in
      let cell = worst.row.cell
      return Worst(
        attack: cell.attackName, level: cell.level.share, defense: cell.defenseName,
        model: cell.modelName, dataset: sets[worst.most].name, next: sets[worst.next].name,
        difference: worst.difference?.difference, ci95: worst.difference?.interval().ends,
        adjustedP: worst.adjustedP, isSure: worst.isSure)
    }
    leftOut = comparison.leftOut
  }
}

/// The studies of a plan of several data sets in one document.
package struct SeriesRecord<Study: Encodable>: Encodable {
  let studies: [Study]
  let comparison: ComparisonRecord

  /// The records of the studies, and what they come to together.
  package init(_ studies: [Study], _ comparison: ComparisonRecord) {
    (self.studies, self.comparison) = (studies, comparison)
  }
}
