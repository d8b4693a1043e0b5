import Analyses
import Models
import Poisoning
import Store
package import Sweeps
package import Validation

/// The outcome of a study for machines: what was run, and every cell.
package struct ExperimentRecord: Encodable, Sendable {
  let program = Program.name
  let version = Program.version
  let configuration: StudyRecord
  let cells: [CellRecord]
  let claims: [ClaimsTable.Row]?
  let tournament: TournamentRecord?
  let mitigation: MitigationRecord?
  /// What makes accuracy on the data doubtful; absent where nothing does.
  let suspicions: [Suspicion]?

  /// The record of a study that was run over seeds from `firstSeed` on, as a report has it.
  ///
  /// `leftOut` says what took no part in a tournament, and why.
  package init(
    _ study: Study, _ report: ExperimentReport, firstSeed: UInt32 = 0, leftOut: [String] = [],
    suspicions: [Suspicion] = []
  ) {
    self.suspicions = suspicions.isEmpty ? nil : suspicions
    let facts = StudyFacts(study, firstSeed: firstSeed)
    configuration = StudyRecord(
      study, facts, seedCount: report.seedCount,
      levels: Set(study.conditions.map(\.level.share)).sorted())
    cells = report.cells.enumerated().map { index, cell in
      var record = CellRecord(cell, facts)
      let condition = index / study.models.count
      record.cell.model = cell.model
      record.cell.poisonedRows = study.poisonedCounts[condition]
      record.cell.trainingRows = study.trainingCounts[condition]
      record.cell.confusion = cell.confusion.rows
      return record
    }
    claims = report.claims?.rows
    mitigation = report.mitigation.map {
      MitigationRecord(facts, cells: report.cells, $0, leftOut: leftOut)
    }
    tournament = report.tournament.map {
      TournamentRecord(facts, cells: report.cells, $0, leftOut: leftOut)
    }
  }
}
