import Datasets
import Documents
import LinAlg
import Poisoning
import TestSupport
import Testing

/// What every attack promises, whatever it does.
struct AttackContractTests {
  private static let key = RandomKey.standard

  @Test(arguments: AttackCase.all)
  func spendsTheBudgetExactly(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let (base, validation) = try attackCase.sample.rows()
    for count in attackCase.counts(attack, base) {
      let patch = attack.patch(base, count: count, key: Self.key, seed: 3, validation: validation)
      #expect(patch.rows.count == count)
      #expect(Set(patch.rows).count == count)
      #expect(patch.rows.allSatisfy { (0..<base.count).contains($0) })
      #expect(patch.features?.rows ?? count == count)
      #expect(patch.features?.columns ?? base.features.columns == base.features.columns)
      #expect(patch.features?.elements.allSatisfy(\.isFinite) ?? true)
      #expect(patch.labels?.count ?? count == count)
      #expect(patch.labels?.allSatisfy { (0..<base.classCount).contains($0) } ?? true)
    }
  }

  @Test(arguments: AttackCase.all)
  func lowerLevelsAreWithinHigherOnes(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let (base, validation) = try attackCase.sample.rows()
    let largest = attackCase.largest(attack, base)
    let full = attack.patch(base, count: largest, key: Self.key, seed: 4, validation: validation)
    for count in attackCase.counts(attack, base) {
      let patch = attack.patch(base, count: count, key: Self.key, seed: 4, validation: validation)
      #expect(patch.rows == Array(full.rows.prefix(count)))
      #expect(patch.labels == full.labels.map { Array($0.prefix(count)) })
      #expect(
        patch.features.map(bits)
          == full.features.map { Array(bits($0).prefix(count * base.features.columns)) })
      #expect(full.prefix(count) == patch)
    }
  }

  @Test(arguments: AttackCase.all)
  func touchesNothingButItsRows(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let dataset = try attackCase.sample.dataset()
    let (base, validation) = try attackCase.sample.rows()
    let (features, labels) = (bits(base.features), base.labels)
    let count = attackCase.largest(attack, base) / 2
    let patch = attack.patch(base, count: count, key: Self.key, seed: 5, validation: validation)
    let poisoned = base.applying(patch)

    #expect(bits(base.features) == features && base.labels == labels, "the base itself")
    #expect(try attackCase.sample.dataset().digest == dataset.digest)
    #expect(try validation == attackCase.sample.rows().validation)
    #expect(poisoned.rowIDs == base.rowIDs && poisoned.classCount == base.classCount)
    for position in Set(0..<base.count).subtracting(patch.rows) {
      #expect(poisoned.labels[position] == labels[position])
      #expect(
        row(poisoned.features, position).map(\.bitPattern)
          == row(base.features, position).map(\.bitPattern))
    }
    for (index, position) in patch.rows.enumerated() {
      #expect(poisoned.labels[position] == patch.labels?[index] ?? labels[position])
      #expect(
        row(poisoned.features, position).map(\.bitPattern)
          == row(patch.features ?? base.features, patch.features == nil ? position : index)
          .map(\.bitPattern))
    }
  }

  /// What the threat model says is changed is changed under some seed, and nothing else under any.
  @Test(arguments: AttackCase.all)
  func changesWhatItSays(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    var (changesFeatures, changesLabels) = (false, false)
    for seed in 0..<UInt32(attack.isBlind ? 10 : 2) {
      let (base, validation) = try attackCase.sample.rows(seed: seed)
      let count = attackCase.largest(attack, base)
      let patch = attack.patch(
        base, count: count, key: Self.key, seed: seed, validation: validation)
      let poisoned = base.applying(patch)
      changesFeatures = changesFeatures || bits(poisoned.features) != bits(base.features)
      changesLabels = changesLabels || poisoned.labels != base.labels
      let changes = attack.threat.changes
      #expect((patch.features != nil) == [.features, .both].contains(changes))
      #expect((patch.labels != nil) == [.labels, .both].contains(changes))
      if count == 0 { return }
    }
    #expect(changesFeatures == [.features, .both].contains(attack.threat.changes))
    #expect(changesLabels == [.labels, .both].contains(attack.threat.changes))
  }

  @Test(arguments: AttackCase.all)
  func respectsItsConstraint(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    for seed in 0..<UInt32(attack.isBlind ? 10 : 2) {
      let (base, validation) = try attackCase.sample.rows(seed: seed)
      let patch = attack.patch(
        base, count: attackCase.largest(attack, base), key: Self.key, seed: seed,
        validation: validation)
      guard let features = patch.features else { continue }
      let rows = (0..<features.rows).map { row(features, $0) }
      switch attack.threat.constraint {
      case .none: break
      case .box:
        let ranges = try ranges(base.features)
        #expect(rows.allSatisfy { zip(ranges, $0).allSatisfy { $0.contains($1) } })
      case .values:
        let values = (0..<features.columns).map { Set(column(base.features, $0)) }
        #expect(rows.allSatisfy { zip(values, $0).allSatisfy { $0.contains($1) } })
      case .rows:
        let clean = Set((0..<base.count).map { row(base.features, $0) })
        #expect(rows.allSatisfy { clean.contains($0) })
      }
    }
  }

  @Test(arguments: AttackCase.all)
  func withoutBudgetNothingChanges(_ attackCase: AttackCase) throws {
    let (base, validation) = try attackCase.sample.rows()
    let patch = try attackCase.attack().patch(
      base, count: 0, key: Self.key, seed: 6, validation: validation)
    for flow in Flow.allCases {
      let same = base.applying(patch, flow: flow)
      #expect(same == base && bits(same.features) == bits(base.features))
    }
  }

  @Test(arguments: AttackCase.all)
  func followsItsAddressAlone(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let (base, validation) = try attackCase.sample.rows()
    let count = (attackCase.largest(attack, base) + 1) / 2
    let patch = attack.patch(base, count: count, key: Self.key, seed: 7, validation: validation)
    let again = try attackCase.attack().patch(
      base, count: count, key: Self.key, seed: 7, validation: validation)
    #expect(again == patch && again.features.map(bits) == patch.features.map(bits))
    // Blind attacks draw at least the order of their rows, save where a feature decides it.
    guard attack.isBlind, !attackCase.specification.contains("along"), count > 1 else { return }
    #expect(attack.patch(base, count: count, key: Self.key, seed: 8) != patch)
    #expect(attack.patch(base, count: count, key: RandomKey(1), seed: 7) != patch)
  }

  /// A seed gets the same bits alone, with others, and whatever was in the patch before.
  @Test(arguments: AttackCase.all)
  func seedsInOneCallAreUnrelated(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let exposures = try (0..<UInt32(5)).map { seed in
      let (base, validation) = try attackCase.sample.rows(seed: seed)
      return Exposure(
        base, key: Self.key, seed: seed,
        validation: attack.threat.seesValidation ? validation : nil)
    }
    let count = attackCase.largest(attack, exposures[0].training) / 2
    let single = exposures.map { exposure in
      var patches = [Patch()]
      attack.poison([exposure], count: count, into: &patches)
      return patches[0]
    }
    var patches = [Patch](repeating: Patch(rows: [0, 1], labels: [1, 0]), count: 4)
    for group in [[0, 1, 2, 3], [3, 4, 0, 1], [2, 2, 2, 2]] {
      attack.poison(group.map { exposures[$0] }, count: count, into: &patches)
      #expect(patches == group.map { single[$0] }, "\(group)")
    }
    for group in [[4, 3], [1, 0, 4]] {
      var fewer = [Patch](repeating: Patch(), count: group.count)
      attack.poison(group.map { exposures[$0] }, count: count, into: &fewer)
      #expect(fewer == group.map { single[$0] }, "\(group)")
    }
  }

  /// Validation rows change nothing for attacks that are not to see them.
  @Test(arguments: AttackCase.all)
  func seesValidationRowsOnlyWhereGranted(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    guard !attack.threat.seesValidation else { return }
    let base = try attackCase.sample.training()
    let count = attackCase.largest(attack, base) / 2
    let patch = attack.patch(base, count: count, key: Self.key, seed: 10)
    let garbage = LabeledRows(
      features: Matrix(rows: 2, columns: 1, elements: [.nan, .infinity]), labels: [99, -1])
    #expect(
      attack.patch(base, count: count, key: Self.key, seed: 10, validation: garbage) == patch)
    // Were they there by mistake, they would not be read; of the right shape, as then they would be.
    let shaped = LabeledRows(
      features: Matrix(
        rows: 2, columns: base.features.columns,
        elements: Array(repeating: .nan, count: 2 * base.features.columns)), labels: [0, 1])
    var patches = [Patch()]
    attack.poison(
      [Exposure(base, key: Self.key, seed: 10, validation: shaped)], count: count,
      into: &patches)
    #expect(patches[0] == patch)
  }

  @Test(arguments: AttackCase.all)
  func knowsItsCapacity(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let (counts, n) = (base.classCounts, base.count)
    let capacity = attack.capacity(classCounts: counts)
    #expect((0...n).contains(capacity))
    for count in 1..<n {
      let level = try PoisonLevel(
        Double(count) / Double(attack.flow == .add ? n + count : n))
      try #require(try attack.flow.rowCount(level, of: n) == count)
      if count <= capacity {
        #expect(throws: Never.self) { try attack.validate(level, classCounts: counts) }
      } else {
        #expect(
          throws: PoisoningError.budgetTooLarge(
            attack: attack.specification, level: level, rowCount: count, available: capacity)
        ) { try attack.validate(level, classCounts: counts) }
      }
    }
    #expect(throws: PoisoningError.noCleanRow(level: try PoisonLevel(1), rowCount: n)) {
      try attack.validate(PoisonLevel(1), classCounts: counts)
    }
  }

  @Test(arguments: AttackCase.all)
  func canBeAskedForByWhatItCallsItself(_ attackCase: AttackCase) throws {
    let dataset = try attackCase.sample.dataset()
    let attack = try attackCase.attack()
    let entry = try #require(AttackCatalog.entries.first { $0.name == attack.name })
    let again = try AttackCatalog.attack(attack.specification, for: dataset)
    #expect(again.specification == attack.specification)
    #expect(again.threat == attack.threat && again.flow == attack.flow)
    #expect(attack.maker.specification == attack.specification)
    #expect(Set(attack.parameters.keys).isSubset(of: entry.parameters.map(\.name)))
    if attack.parameters.isEmpty { #expect(attack.threat == entry.threat) }
    let (base, validation) = try attackCase.sample.rows()
    let count = attackCase.largest(attack, base) / 2
    #expect(
      again.patch(base, count: count, key: Self.key, seed: 11, validation: validation)
        == attack.patch(base, count: count, key: Self.key, seed: 11, validation: validation))
  }

  /// In every flow that an attack has, its rows are the same; in the others it is refused.
  @Test(arguments: AttackCase.all, Flow.allCases)
  func reachesTheTrainingSetByEveryFlow(_ attackCase: AttackCase, _ flow: Flow) throws {
    let dataset = try attackCase.sample.dataset()
    let attack = try attackCase.attack()
    let entry = try #require(AttackCatalog.entries.first { $0.name == attack.name })
    let isFirst = attackCase.specification.contains(":")
    let text = "\(attackCase.specification)\(isFirst ? "," : ":")flow=\(flow.rawValue)"
    guard entry.flows.contains(flow) else {
      let accepted = entry.flows.map(\.rawValue).joined(separator: " or ")
      #expect(
        throws: SpecificationError(
          .attack, attack.name,
          .invalidParameter("flow", value: flow.rawValue, accepted: accepted))
      ) { try AttackCatalog.attack(text, for: dataset) }
      return
    }
    let flowed = try AttackCatalog.attack(text, for: dataset)
    #expect(flowed.flow == flow && flowed.threat == attack.threat)
    #expect(flowed.maker.specification == attack.specification)
    #expect((flowed.parameters["flow"] == nil) == (flow == attack.flow))
    #expect(
      try AttackCatalog.attack(flowed.specification, for: dataset).specification
        == flowed.specification)

    let (base, validation) = try attackCase.sample.rows()
    let (n, count) = (base.count, attackCase.largest(attack, base) / 2)
    #expect(
      flowed.capacity(classCounts: base.classCounts)
        == attack.capacity(classCounts: base.classCounts))
    let patch = flowed.patch(base, count: count, key: Self.key, seed: 12, validation: validation)
    #expect(
      patch == attack.patch(base, count: count, key: Self.key, seed: 12, validation: validation))
    let set = base.applying(patch, flow: flow)
    let isPoisoned = patch.isPoisoned(of: n, flow: flow)
    #expect(set.count == flow.trainingCount(n, poisoned: count) && isPoisoned.count == set.count)
    #expect(isPoisoned.count { $0 } == (flow == .delete ? 0 : count))
    let clean = (0..<n).filter { flow == .add || !patch.rows.contains($0) }
    let kept = set.labels.indices.filter { !isPoisoned[$0] }
    #expect(kept.map { set.rowIDs[$0] } == clean.map { base.rowIDs[$0] }, "in the same order")
    #expect(kept.map { set.labels[$0] } == clean.map { base.labels[$0] })
    #expect(
      bits(set.features.selectingRows(kept)) == bits(base.features.selectingRows(clean)))
    guard flow != .delete else { return }
    for (index, position) in patch.rows.enumerated() {
      let place = flow == .add ? n + index : position
      #expect(isPoisoned[place] && set.rowIDs[place] == base.rowIDs[position])
      #expect(set.labels[place] == patch.labels?[index] ?? base.labels[position])
      let made = patch.features.map { row($0, index) } ?? row(base.features, position)
      #expect(row(set.features, place).map(\.bitPattern) == made.map(\.bitPattern))
    }
  }
}
