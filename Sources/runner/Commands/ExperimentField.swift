import Datasets
import Defenses
import Documents
import Models
import Poisoning
import Reporting
import Sweeps

/// The conditions of an experiment: what was asked for, as far as the data allow it.
struct ExperimentField {
  private var conditions: [Condition]
  private var leftOut: [String] = []
  private let dataset: Dataset
  private let make: ([Condition]) throws -> Study

  /// One attack at all levels and, where `isCompared`, the others at the highest.
  ///
  /// Those are the attacks on accuracy that know no data: a comparison with what trains models on
  /// the way would take longer than the study.
  /// - Throws: What `make` throws of the attack itself.
  init(
    _ attack: any Attack, levels: [PoisonLevel], dataset: Dataset, isCompared: Bool,
    make: @escaping ([Condition]) throws -> Study
  ) throws {
    self.dataset = dataset
    self.make = make
    conditions = levels.map { Condition(attack: attack, level: $0) }
    _ = try make(conditions)
    guard isCompared, let highest = levels.last, highest != .clean else { return }
    for entry in AttackCatalog.entries where entry.name != attack.name {
      guard entry.threat.goal == .availability, entry.threat.knowledge == .none,
        !entry.threat.seesValidation, !entry.needsParameters
      else { continue }
      do {
        try add(try AttackCatalog.attack(entry.name, for: dataset), highest)
      } catch let error as PoisoningError {
        leftOut.append("\(error)")
      }
    }
  }

  /// A tournament of the attacks that `texts` ask for, at no level and at all levels above it, with
  /// a control for each that replaces rows.
  ///
  /// - Throws: `Failure` when there is no level above 0, or no attack that can be spent at one.
  init(
    _ texts: [String], levels: [PoisonLevel], dataset: Dataset,
    make: @escaping ([Condition]) throws -> Study
  ) throws {
    self.dataset = dataset
    self.make = make
    let levels = levels.filter { $0 != .clean }
    guard !levels.isEmpty else {
      throw Failure.usage("--levels must hold a level above 0 for --attacks, such as 0,0.05,0.5")
    }
    conditions = [Condition(attack: UniformNoise(), level: .clean)]
    _ = try make(conditions)
    let (attacks, incomplete) = try Self.attacks(texts, for: dataset)
    leftOut = incomplete
    for attack in attacks {
      for level in levels {
        guard try add(attack, level), let control = try control(of: attack) else { continue }
        try add(control, level)
      }
    }
    guard conditions.count > 1 else {
      throw Failure.usage(
        "--attacks: none can be carried out; \(leftOut.first ?? "name one at least")")
    }
  }

  /// Attacks at all levels, and none at level 0, each without defences and with each of those that texts
  /// ask for.
  ///
  /// - Throws: `Failure` when there is no level above 0, no attack that can be spent at one, or no
  ///   defence for the models.
  init(
    _ texts: [String], defenses: [String], models: [ModelChoice], hasTrusted: Bool,
    levels: [PoisonLevel], dataset: Dataset, make: @escaping ([Condition]) throws -> Study
  ) throws {
    self.dataset = dataset
    self.make = make
    let levels = levels.filter { $0 != .clean }
    guard !levels.isEmpty else {
      throw Failure.usage("--levels must hold a level above 0 for --defenses, such as 0,0.1,0.3")
    }
    conditions = [Condition(attack: UniformNoise(), level: .clean)]
    _ = try make(conditions)
    let (attacks, incomplete) = try Self.attacks(texts, for: dataset)
    leftOut = incomplete
    for attack in attacks {
      for level in levels { try add(attack, level) }
    }
    guard conditions.count > 1 else {
      throw Failure.usage(
        "no attack can be carried out; \(leftOut.first ?? "name one at least")")
    }
    let chains = try Self.chains(
      defenses, models: models, hasTrusted: hasTrusted, dataset: dataset, leftOut: &leftOut)
    conditions = conditions.flatMap { condition in
      ([.none] + chains).map {
        Condition(attack: condition.attack, level: condition.level, defense: $0)
      }
    }
  }

  /// The defences that texts ask for, each once, and notes about those that are for no model.
  private static func chains(
    _ texts: [String], models: [ModelChoice], hasTrusted: Bool, dataset: Dataset,
    leftOut: inout [String]
  ) throws -> [DefenseChain] {
    var chains: [DefenseChain] = []
    for text in texts.flatMap({ Specification.texts(in: $0) }) {
      var names = [text]
      if text == "all" {
        names = DefenseCatalog.entries.filter { entry in
          let isFor = models.contains { entry.applicability(to: $0.learner) != .none }
          if !isFor { leftOut.append("\(entry.name) is for none of the models") }
          return isFor && !entry.needsParameters && (hasTrusted || !entry.needsTrusted)
        }.map(\.name)
      }
      for name in names {
        let chain = try DefenseCatalog.chain(name, for: dataset)
        guard !chain.isEmpty, !chains.contains(where: { $0.specification == chain.specification })
        else { continue }
        chains.append(chain)
      }
    }
    guard !chains.isEmpty else {
      throw Failure.usage("--defenses: name one at least; `runner defenses` lists them")
    }
    return chains
  }

  /// The study, and why attacks that were to take part do not.
  var chosen: (study: Study, leftOut: [String]) {
    get throws { (try make(conditions), leftOut) }
  }

  /// Adds a condition that is not there yet, unless the data do not allow it.
  ///
  /// - Returns: Whether it takes part.
  @discardableResult
  private mutating func add(_ attack: any Attack, _ level: PoisonLevel) throws -> Bool {
    let condition = Condition(attack: attack, level: level)
    let isThere = conditions.contains {
      $0.level == level && $0.attackName == condition.attackName
    }
    guard !isThere else { return true }
    do {
      _ = try make([condition])
    } catch SweepsError.poisoning(let error) {
      leftOut.append("\(error)")
      return false
    } catch SweepsError.tooManyNeighbors(let count, let rows) {
      leftOut.append(
        "\(condition.attackName) at \(level) leaves \(rows) training rows, too few for \(count) "
          + "neighbours")
      return false
    }
    conditions.append(condition)
    return true
  }

  /// The attack that deletes the rows that another replaces; nil where that makes no sense.
  private func control(of attack: any Attack) throws -> (any Attack)? {
    let flows = AttackCatalog.entries.first { $0.name == attack.name }?.flows ?? []
    guard attack.flow == .replace, flows.contains(.delete) else { return nil }
    let control = Specification(attack.maker.specification).with("flow", Flow.delete.rawValue)
    return try AttackCatalog.attack(control.description, for: dataset)
  }

  /// The attacks that texts ask for, each once, and notes about those that need parameters.
  private static func attacks(
    _ texts: [String], for dataset: Dataset
  ) throws -> (attacks: [any Attack], incomplete: [String]) {
    var attacks: [any Attack] = []
    var incomplete: [String] = []
    for text in texts.flatMap({ Specification.texts(in: $0) }) {
      guard text == "all" else {
        attacks.append(try AttackCatalog.attack(text, for: dataset))
        continue
      }
      for entry in AttackCatalog.entries {
        if entry.needsParameters {
          incomplete.append(
            "\(entry.name) needs parameters; runner attacks \(entry.name) says which")
          continue
        }
        do {
          attacks.append(try AttackCatalog.attack(entry.name, for: dataset))
        } catch {
          // What suits one data set need not suit another.
          incomplete.append("\(error)")
        }
      }
    }
    return (attacks, incomplete)
  }
}
