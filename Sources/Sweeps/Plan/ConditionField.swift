import Datasets
import Defenses
import Documents
import Models
import Poisoning

/// The conditions that a plan makes of its attacks, defences and levels, as far as the data allow them.
struct ConditionField {
  /// The conditions, each once.
  private(set) var conditions: [Condition] = []

  /// What was to take part and does not, and why.
  private(set) var leftOut: [String] = []

  private let plan: StudyPlan
  private let models: [ModelChoice]
  private let data: StudyData

  private let make: ([Condition]) throws(SweepsError) -> Study

  private var dataset: Dataset { data.dataset }

  init(
    _ plan: StudyPlan, models: [ModelChoice], data: StudyData,
    make: @escaping ([Condition]) throws(SweepsError) -> Study
  ) {
    (self.plan, self.models, self.data, self.make) = (plan, models, data, make)
  }

  /// Fills the field as the kind of the study asks for.
  mutating func fill() throws(SweepsError) {
    switch plan.kind {
    case .experiment: try fillExperiment()
    case .tournament: try addAttacks(withControls: true)
    case .mitigation: try fillMitigation()
    case .sweep: try fillGrid()
    case .curves: try fillCurves()
    }
  }

  private var levels: [PoisonLevel] { Set(plan.levels).sorted() }

  /// One attack at all levels and, where they are compared, the others at the highest.
  ///
  /// Those are the attacks on accuracy that know no data: a comparison with what trains models on
  /// the way would take longer than the study.
  private mutating func fillExperiment() throws(SweepsError) {
    guard let text = plan.attacks.first else { throw .noAttack(reason: "name one at least") }
    let attack = try attack(text)
    conditions = levels.map { level in
      level == .clean ? .clean() : Condition(attack: attack, level: level)
    }
    _ = try make(conditions)
    guard plan.comparesAttacks, let highest = levels.last, highest != .clean else { return }
    for entry in AttackCatalog.entries where entry.name != attack.name {
      guard entry.threat.goal == .availability, entry.threat.knowledge == .none,
        !entry.threat.seesValidation, !entry.needsParameters
      else { continue }
      if let other = standard(entry) { try add(other, highest) }
    }
  }

  /// Attacks at all levels, and none at level 0, each without defences and with each of them.
  private mutating func fillMitigation() throws(SweepsError) {
    try addAttacks(withControls: false)
    let chains = try chains()
    guard chains.count > 1 else { throw .noDefense }
    cross(with: chains)
  }

  /// Adds attacks at no level and at all levels above it, with a control for each that replaces rows if so.
  private mutating func addAttacks(withControls: Bool) throws(SweepsError) {
    let levels = levels.filter { $0 != .clean }
    guard !levels.isEmpty else { throw .noPoisonLevel }
    conditions = [.clean()]
    _ = try make(conditions)
    for attack in try attacks() {
      for level in levels {
        guard try add(attack, level), withControls else { continue }
        if let control = attack.control(for: dataset) { try add(control, level) }
      }
    }
    guard conditions.count > 1 else {
      throw .noAttack(reason: leftOut.first ?? "name one at least")
    }
  }

  /// Level 0 once whatever the attacks, and the first; then the attacks, each at its levels in ascending
  /// order; each without defences first and then with each of them.
  ///
  /// What an attack by name cannot do is an error; what `all` cannot is left out.
  private mutating func fillGrid() throws(SweepsError) {
    if levels.contains(.clean) { conditions = [.clean()] }
    let named = Set(plan.attacks)
    for attack in try attacks() {
      for level in levels where level != .clean {
        if named.contains("all"), !named.contains(attack.specification) {
          try add(attack, level)
        } else {
          conditions.append(Condition(attack: attack, level: level))
        }
      }
    }
    cross(with: try chains())
  }

  private mutating func fillCurves() throws(SweepsError) {
    let curves = try plan.curves.plan(plan, data)
    conditions = curves.conditions(
      of: try attacks(), behind: try chains().filter { !$0.isEmpty }, for: dataset)
  }

  private mutating func cross(with chains: [DefenseChain]) {
    conditions = conditions.flatMap { condition in
      chains.map {
        Condition(attack: condition.attack, level: condition.level, defense: $0)
      }
    }
  }

  /// Adds a condition that is not there yet, unless the data do not allow it.
  ///
  /// - Returns: Whether it takes part.
  @discardableResult
  private mutating func add(
    _ attack: any Attack, _ level: PoisonLevel
  ) throws(SweepsError) -> Bool {
    let condition = Condition(attack: attack, level: level)
    let isThere = conditions.contains {
      $0.level == level && $0.attackName == condition.attackName
    }
    guard !isThere else { return true }
    do {
      _ = try make([condition])
    } catch {
      switch error {
      case .poisoning(let error): leftOut.append("\(error)")
      case .tooManyNeighbors(let count, let rows):
        leftOut.append(
          "\(condition.attackName) at \(level) leaves \(rows) training rows, too few for \(count) "
            + "neighbours")
      default: throw error
      }
      return false
    }
    conditions.append(condition)
    return true
  }

  private func attack(_ text: String) throws(SweepsError) -> any Attack {
    try converting(
      try AttackCatalog.attack(text, for: dataset), to: SweepsError.specification)
  }

  /// An attack by its name alone; left out where the data do not suit it, as they may another time.
  private mutating func standard(_ entry: AttackEntry) -> (any Attack)? {
    do {
      return try AttackCatalog.attack(entry.name, for: dataset)
    } catch {
      leftOut.append("\(error)")
      return nil
    }
  }

  /// The attacks of the plan, each once; of `all`, those that need parameters or other data are left out.
  private mutating func attacks() throws(SweepsError) -> [any Attack] {
    var attacks: [any Attack] = []
    for text in plan.attacks {
      guard text == "all" else {
        attacks.append(try attack(text))
        continue
      }
      for entry in AttackCatalog.entries {
        if entry.needsParameters {
          leftOut.append(
            "\(entry.name) needs parameters; runner attacks \(entry.name) says which")
          continue
        }
        if let attack = standard(entry) { attacks.append(attack) }
      }
    }
    return attacks.distinct(by: \.specification)
  }

  /// No defence, and the defences of the plan, each once; of `all`, those that are for none of the models
  /// or need parameters or trusted rows are left out.
  private mutating func chains() throws(SweepsError) -> [DefenseChain] {
    var chains = [DefenseChain.none]
    for text in plan.defenses {
      var names = [text]
      if text == "all" {
        names = DefenseCatalog.entries.filter { entry in
          let isFor = models.contains { entry.applicability(to: $0.learner) != .none }
          if !isFor { leftOut.append("\(entry.name) is for none of the models") }
          return isFor && !entry.needsParameters && (plan.trustedShare > 0 || !entry.needsTrusted)
        }.map(\.name)
      }
      for name in names {
        chains.append(
          try converting(
            try DefenseCatalog.chain(name, for: dataset), to: SweepsError.specification))
      }
    }
    return chains.distinct(by: \.specification)
  }
}

extension Attack {
  /// The attack that deletes the rows that this one replaces; nil where that makes no sense.
  func control(for dataset: Dataset) -> (any Attack)? {
    guard flow == .replace else { return nil }
    let control = Specification(maker.specification).with("flow", Flow.delete.rawValue)
    return try? AttackCatalog.attack(control.description, for: dataset)
  }
}
