import Analyses
import Poisoning
import Statistics
import Sweeps

/// The outcome of a tournament for machines.
struct TournamentRecord: Encodable {
  struct ModelResult: Encodable {
    let model: String
    let accuracy: MomentsRecord
    let drop: MomentsRecord
    let lostCleanRows: MomentsRecord?
    let activeHarm: MomentsRecord?
    let hasCollapsed: Bool
    let success: MomentsRecord?
    let successOfCleanModel: Double?
    let successGain: MomentsRecord?
    let collateral: MomentsRecord?
  }

  struct Entry: Encodable {
    let attack: ConditionRecord
    /// The place among the attacks on all rows, from 1; none for a targeted one.
    let rank: Int?
    let meanDrop: MomentsRecord
    let meanLostCleanRows: MomentsRecord?
    let meanActiveHarm: MomentsRecord?
    let models: [ModelResult]
  }

  struct Level: Encodable {
    let level: Double
    let attacks: [Entry]
    let targetedAttacks: [Entry]
  }

  let levels: [Level]
  /// Attacks and levels that took no part, and why.
  let leftOut: [String]

  init(_ facts: StudyFacts, cells: [CellSummary], _ tournament: Tournament, leftOut: [String]) {
    let standings = tournament.standings(cells)
    levels = standings.map(\.level).distinct.map { level in
      let here = standings.filter { $0.level == level }
      return Level(
        level: level.share,
        attacks: here.filter { !$0.isTargeted }.enumerated().map {
          Entry($0.element, rank: $0.offset + 1, facts)
        },
        targetedAttacks: here.filter(\.isTargeted).map { Entry($0, rank: nil, facts) })
    }
    self.leftOut = leftOut
  }
}

extension TournamentRecord.Entry {
  init(_ standing: Standing, rank: Int?, _ facts: StudyFacts) {
    let moments = { (moments: RunningMoments?) in
      moments.flatMap { $0.count > 0 ? MomentsRecord($0, facts) : nil }
    }
    attack = ConditionRecord(
      standing.attack, standing.level, poisonedRows: standing.poisonedCount)
    self.rank = rank
    meanDrop = MomentsRecord(standing.drop, facts)
    meanLostCleanRows = moments(standing.lost)
    meanActiveHarm = moments(standing.harm)
    models = standing.cells.enumerated().map { index, cell in
      TournamentRecord.ModelResult(
        model: cell.modelName, accuracy: MomentsRecord(cell.accuracy, facts),
        drop: MomentsRecord(cell.accuracyDrop, facts),
        lostCleanRows: moments(standing.controls?[index].accuracyDrop),
        activeHarm: moments(standing.harmOfModel?[index]),
        hasCollapsed: facts.hasCollapsed(cell),
        success: moments(cell[.success]),
        successOfCleanModel: cell[.successGain].count > 0
          ? cell[.success].mean - cell[.successGain].mean : nil,
        successGain: moments(cell[.successGain]), collateral: moments(cell[.collateral]))
    }
  }
}
