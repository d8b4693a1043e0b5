import Poisoning
package import Statistics
package import Sweeps

/// What the same poison costs on several data sets.
///
/// Of each set the drop is paired by seed. Two sets have different rows, so the difference of their drops is
/// one of independent samples.
package struct SetComparison: Sendable {
  /// What is compared: an attack at a level, what is done against it, and a model, in every set.
  package struct Row: Sendable {
    /// The cells, in the order of the sets.
    package let cells: [CellSummary]

    /// The cell of the first set, for what all have in common.
    package var cell: CellSummary { cells[0] }

    /// Whether there is no drop to speak of.
    package var isClean: Bool { cell.isReference || cells.contains { $0.accuracyDrop.count == 0 } }
  }

  /// The set that an attack costs most.
  package struct Worst: Sendable {
    /// Where.
    package let row: Row
    /// The set with the largest drop.
    package let most: Int
    /// The one after it.
    package let next: Int
    /// The difference of the two drops; nil with fewer than two seeds.
    package let difference: Welch?
    /// The probability of such differences from all other sets, all rows taken together.
    package let adjustedP: Double

    /// Whether it surely has the largest drop.
    package var isSure: Bool { adjustedP <= 0.05 }
  }

  /// The sets.
  package let sets: [ComparedSet]

  /// What all sets have, in the order of the first.
  package let rows: [Row]

  /// What only some have, and other reasons not to be compared.
  package let leftOut: [String]

  /// The sets that suffer most at the highest level that all have.
  package let worst: [Worst]

  /// Compares sets.
  ///
  /// - Precondition: There are two or more.
  package init(_ given: [ComparedSet]) {
    precondition(given.count > 1, "\(given.count) set is none to compare")
    var sets = given
    for (index, name) in given.map(\.name).numbered.enumerated() { sets[index].name = name }
    let tables = sets.map { set in
      Dictionary(set.cells.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
    let shared = sets[0].cells.map(Key.init).compactMap { key in
      let cells = tables.compactMap { $0[key] }
      return cells.count == sets.count ? Row(cells: cells) : nil
    }
    self.sets = sets
    rows = shared.filter { row in row.cells.allSatisfy { $0.accuracy.count > 0 } }
    leftOut = Self.leftOut(sets) + Self.unfitted(shared)
    worst = Self.worst(rows)
  }

  /// What makes cells of several sets the same.
  struct Key: Hashable {
    let attack: String
    let level: PoisonLevel
    let defense: String
    let model: String

    init(_ cell: CellSummary) {
      (attack, level) = (cell.attackName, cell.level)
      (defense, model) = (cell.defenseName, cell.modelName)
    }

    /// What it is made of, each with its kind.
    var parts: [String] {
      [
        "the model \(model)", defense == "none" ? "no defence" : "the defence \(defense)",
        attack == "none" ? "no attack" : "the attack \(attack)", "the level \(level)",
      ]
    }

    var text: String {
      "\(attack) at \(level)\(defense == "none" ? "" : " with \(defense)"), \(model)"
    }
  }

  /// Models, defences, attacks and levels that only some sets have, and cells of which all have the parts.
  private static func leftOut(_ sets: [ComparedSet]) -> [String] {
    let keys = sets.map { Set($0.cells.map(Key.init)) }
    let parts = keys.map { Set($0.flatMap(\.parts)) }
    let all = sets.flatMap { $0.cells.map(Key.init) }
    let isIn = { (there: [Bool], what: String) -> String? in
      guard there.contains(false) else { return nil }
      let names = zip(sets, there).filter { $0.1 }.map { $0.0.name }
      return "\(what): only on \(names.joined(separator: ", "))"
    }
    let isShared = { (part: String) in parts.allSatisfy { $0.contains(part) } }
    let partial = (0..<4).flatMap { index in
      all.map { $0.parts[index] }.distinct.compactMap { part in
        isIn(parts.map { $0.contains(part) }, part)
      }
    }
    return partial
      + all.filter { $0.parts.allSatisfy(isShared) }.compactMap { key in
        isIn(keys.map { $0.contains(key) }, key.text)
      }.distinct
  }

  private static func unfitted(_ rows: [Row]) -> [String] {
    let empty = rows.filter { row in row.cells.contains { $0.accuracy.count == 0 } }
    return empty.map(\.cell.defenseName).distinct.map { defense in
      let models = empty.filter { $0.cell.defenseName == defense }.map(\.cell.modelName).distinct
      return defense == "none"
        ? "\(models.joined(separator: ", ")): not fitted on every set"
        : "\(defense) with \(models.joined(separator: ", ")): the defence is not for it"
    }
  }

  /// The largest drop of each row of the highest level.
  ///
  /// That a set has it is tested against each of the k − 1 others, and k − 1 times the largest p is one for
  /// all of them: the largest of several is compared, not one that was chosen before.
  private static func worst(_ rows: [Row]) -> [Worst] {
    let poisoned = rows.filter { $0.cell.level != .clean && !$0.isClean }
    let level = poisoned.map(\.cell.level).max()
    let found = poisoned.filter { $0.cell.level == level }.map { row in
      let drops = row.cells.map(\.accuracyDrop)
      let order = drops.indices.sorted { drops[$0].mean > drops[$1].mean }
      let tests = order.dropFirst().map { Welch(drops[order[0]], drops[$0]) }
      let p = tests.map { $0?.pValue ?? 1 }.max() ?? 1
      return (row, order, tests[0], min(1, p * Double(tests.count)))
    }
    return zip(found, Holm.adjusted(found.map(\.3))).map { found, adjusted in
      let (row, order, difference, _) = found
      return Worst(
        row: row, most: order[0], next: order[1], difference: difference, adjustedP: adjusted)
    }
  }
}

extension [String] {
  /// The names, those that were there before with a number.
  package var numbered: [String] {
    var used: Set<String> = []
    return map { name in
      var (distinct, count) = (name, 1)
      while !used.insert(distinct).inserted {
        count += 1
        distinct = "\(name)-\(count)"
      }
      return distinct
    }
  }
}
