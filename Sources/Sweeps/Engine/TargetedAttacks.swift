import Models
import Poisoning

/// How the targeted attacks of a study fare under the seeds in work.
///
/// Each is judged by the models of its own conditions and by those of the clean condition, which
/// comes first: what an attack seems to achieve there it did not achieve.
struct TargetedAttacks {
  private let attacks: [any Attack]
  private let attackOfCondition: [Int?]
  private let isClean: [Bool]
  private let modelCount: Int
  private var aimsOfAttack: [[Aim?]]
  private var hasTrigger: [Bool]
  private var outcomes: [TargetTally]

  init(_ study: Study) {
    var attacks: [any Attack] = []
    attackOfCondition = study.conditions.map { condition in
      // Curves are of accuracy alone.
      guard !study.source.grows, condition.attack.threat.goal != .availability,
        condition.level != .clean
      else {
        return nil
      }
      let maker = condition.attack.maker
      if let place = attacks.firstIndex(where: { $0.specification == maker.specification }) {
        return place
      }
      attacks.append(maker)
      return attacks.count - 1
    }
    self.attacks = attacks
    isClean = study.conditions.map(\.isReference)
    modelCount = study.models.count
    aimsOfAttack = attacks.map { _ in Array(repeating: nil, count: SeedBatch.laneCount) }
    hasTrigger = attacks.map { _ in false }
    outcomes = Array(
      repeating: TargetTally(), count: attacks.count * modelCount * SeedBatch.laneCount)
  }

  mutating func begin(_ source: BatchSource) {
    for (index, attack) in attacks.enumerated() {
      aimsOfAttack[index] = source.aims(attack)
      hasTrigger[index] = aimsOfAttack[index].contains { $0?.trigger != nil }
    }
    for index in outcomes.indices { outcomes[index] = TargetTally() }
  }

  func attack(of condition: Int) -> Int? { attackOfCondition[condition] }

  func aims(_ attack: Int) -> [Aim?] { aimsOfAttack[attack] }

  /// The attacks with triggers that the models of a condition are to be shown.
  func triggers(of condition: Int) -> [Int] { judged(condition).filter { hasTrigger[$0] } }

  /// What came of an attack in the condition judged last.
  func outcome(_ attack: Int, _ model: Int, _ lane: Int) -> TargetTally {
    outcomes[place(attack, model, lane)]
  }

  /// Takes the predictions for the validation rows as they are.
  mutating func judge(
    _ condition: Int, _ model: Int, _ lane: Int, _ predicted: [Int], _ truth: [Int]
  ) {
    for attack in judged(condition) {
      let index = place(attack, model, lane)
      let aim = aimsOfAttack[attack][lane]
      // Under the clean model, what would be success is what was there before.
      outcomes[index].collateral = aim?.collateral(predicted: predicted, truth: truth)
      guard !hasTrigger[attack] else { continue }
      record(aim?.success(predicted: predicted, truth: truth), at: index, condition)
    }
  }

  /// Takes the predictions for the validation rows with the trigger of an attack.
  mutating func judgeTriggered(
    _ condition: Int, _ attack: Int, _ model: Int, _ lane: Int, _ predicted: [Int],
    _ truth: [Int]
  ) {
    record(
      aimsOfAttack[attack][lane]?.success(predicted: predicted, truth: truth),
      at: place(attack, model, lane), condition)
  }

  private mutating func record(_ share: Double?, at index: Int, _ condition: Int) {
    if isClean[condition] {
      outcomes[index].successBefore = share
    } else {
      outcomes[index].success = share
    }
  }

  /// The attacks that the models of a condition are judged by.
  private func judged(_ condition: Int) -> [Int] {
    isClean[condition] ? Array(attacks.indices) : attackOfCondition[condition].map { [$0] } ?? []
  }

  private func place(_ attack: Int, _ model: Int, _ lane: Int) -> Int {
    (attack * modelCount + model) * SeedBatch.laneCount + lane
  }
}
