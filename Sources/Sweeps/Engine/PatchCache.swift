import Models
import Poisoning

/// The patches of all attacks of a study under the seeds in work.
///
/// The patch of a level is the beginning of the patch of any higher one, whatever the flow, so each
/// attack makes one patch a seed and number of rows attacked: that of the largest budget of the study.
struct PatchCache {
  /// The attacks that make different rows.
  private(set) var makers: [any Attack] = []

  let makerOfCondition: [Int]

  private var budgets: [Int] = []
  private var patches: [[Patch]]
  private var isMade: [Bool]

  init(_ study: Study) {
    var places: [String: Int] = [:]
    var ofCondition: [Int] = []
    for (index, condition) in study.conditions.enumerated() {
      let count = study.poisonedCounts[index]
      let maker = condition.attack.maker
      let name = "\(maker.specification) on \(study.attackedCounts[index])"
      let place = places[name, default: makers.count]
      if place == makers.count {
        places[name] = place
        makers.append(maker)
        budgets.append(0)
      }
      budgets[place] = max(budgets[place], count)
      ofCondition.append(place)
    }
    makerOfCondition = ofCondition
    patches = makers.map { _ in Array(repeating: Patch(), count: SeedBatch.laneCount) }
    isMade = makers.map { _ in false }
  }

  /// Forgets the patches: other seeds follow.
  mutating func begin() {
    for index in isMade.indices { isMade[index] = false }
  }

  /// Makes the patches of a condition, unless they are there.
  mutating func make(_ condition: Int, exposures: (any Attack) -> [Exposure]) {
    let maker = makerOfCondition[condition]
    guard !isMade[maker] else { return }
    makers[maker].makePatches(
      exposures(makers[maker]), count: budgets[maker], into: &patches[maker])
    isMade[maker] = true
  }

  /// The patch of a condition in a lane; its first rows are those of the condition's own budget.
  func patch(_ condition: Int, lane: Int) -> Patch { patches[makerOfCondition[condition]][lane] }
}
