import Datasets
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
    let base = try attackCase.sample.training()
    for count in attackCase.counts(attack, base) {
      let patch = attack.patch(base, count: count, key: Self.key, seed: 3)
      #expect(patch.rows.count == count)
      #expect(Set(patch.rows).count == count)
      #expect(patch.rows.allSatisfy { (0..<base.count).contains($0) })
      // No draw falls on the old value: labels never, features with probability below 2⁻⁴⁰.
      let poisoned = base.applying(patch)
      let changed = (0..<base.count).filter {
        poisoned.labels[$0] != base.labels[$0]
          || row(poisoned.features, $0) != row(base.features, $0)
      }
      #expect(changed == patch.rows.sorted())
    }
  }

  @Test(arguments: AttackCase.all)
  func lowerLevelsAreWithinHigherOnes(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let full = attack.patch(
      base, count: attack.capacity(classCounts: base.classCounts), key: Self.key, seed: 4)
    for count in attackCase.counts(attack, base) {
      let patch = attack.patch(base, count: count, key: Self.key, seed: 4)
      #expect(patch.rows == Array(full.rows.prefix(count)))
      #expect(patch.labels == full.labels.map { Array($0.prefix(count)) })
      #expect(
        patch.features.map(bits)
          == full.features.map { Array(bits($0).prefix(count * base.features.columns)) })
    }
  }

  @Test(arguments: AttackCase.all)
  func touchesNothingButItsRows(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let dataset = try attackCase.sample.dataset()
    let base = try attackCase.sample.training()
    let (features, labels) = (bits(base.features), base.labels)
    let count = attack.capacity(classCounts: base.classCounts) / 2
    let patch = attack.patch(base, count: count, key: Self.key, seed: 5)
    let poisoned = base.applying(patch)

    #expect(bits(base.features) == features && base.labels == labels, "the base itself")
    #expect(try attackCase.sample.dataset().digest == dataset.digest)
    #expect(poisoned.rowIDs == base.rowIDs && poisoned.classCount == base.classCount)
    for position in Set(0..<base.count).subtracting(patch.rows) {
      #expect(poisoned.labels[position] == labels[position])
      #expect(
        row(poisoned.features, position).map(\.bitPattern)
          == row(base.features, position).map(\.bitPattern))
    }
    if attackCase.changesLabels {
      #expect(patch.features == nil && bits(poisoned.features) == features)
    } else {
      #expect(patch.labels == nil && poisoned.labels == labels)
    }
  }

  @Test(arguments: AttackCase.all)
  func withoutBudgetNothingChanges(_ attackCase: AttackCase) throws {
    let base = try attackCase.sample.training()
    let patch = try attackCase.attack().patch(base, count: 0, key: Self.key, seed: 6)
    let same = base.applying(patch)
    #expect(same == base && bits(same.features) == bits(base.features))
  }

  @Test(arguments: AttackCase.all)
  func followsItsAddressAlone(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let count = attack.capacity(classCounts: base.classCounts) / 2
    let patch = attack.patch(base, count: count, key: Self.key, seed: 7)
    let again = try attackCase.attack().patch(base, count: count, key: Self.key, seed: 7)
    #expect(again == patch && again.features.map(bits) == patch.features.map(bits))
    #expect(attack.patch(base, count: count, key: Self.key, seed: 8) != patch)
    #expect(attack.patch(base, count: count, key: RandomKey(1), seed: 7) != patch)
    if let features = patch.features {
      // The values are drawn anew too, not only given to other rows; no constant in column 0.
      let other = attack.patch(base, count: count, key: Self.key, seed: 8)
      let values = try [features, #require(other.features)].map { matrix in
        Set((0..<count).map { matrix[$0, 0] })
      }
      #expect(values[0].isDisjoint(with: values[1]))
    }
  }

  /// The value a row is given is decided by its row id (and the range of features), not by which
  /// other rows train or in which order.
  @Test(arguments: AttackCase.all)
  func valuesBelongToRowsNotToPositions(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let dataset = try attackCase.sample.dataset()
    let base = try attackCase.sample.training()
    let extremes = try ranges(base.features)
    let isExtreme = { (position: Int) in
      extremes.indices.contains { column in
        let value = base.features[position, column]
        return !attackCase.changesLabels
          && (value == extremes[column].lowerBound || value == extremes[column].upperBound)
          && extremes[column].lowerBound < extremes[column].upperBound
      }
    }
    // Two thirds of the rows, all that reach an end of a range among them, in reverse.
    let rows = (0..<base.count).filter { isExtreme($0) || $0 % 3 != 1 }.map { base.rowIDs[$0] }
    let smaller = TrainingSet(dataset, rows: rows.reversed())
    #expect(smaller.count < base.count)

    let outcome = { (set: TrainingSet) in
      let count = attack.capacity(classCounts: set.classCounts)
      let poisoned = set.applying(attack.patch(set, count: count, key: Self.key, seed: 9))
      return Dictionary(
        uniqueKeysWithValues: poisoned.rowIDs.enumerated().map { position, id in
          (id, row(poisoned.features, position) + [Double(poisoned.labels[position])])
        })
    }
    let (all, some) = (outcome(base), outcome(smaller))
    for id in rows { #expect(some[id] == all[id], "row \(id)") }
  }

  @Test(arguments: AttackCase.all)
  func takesRowsInTheCommonOrder(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    for seed in 0..<UInt32(5) {
      let order = LabelFlip().patch(base, count: base.count, key: Self.key, seed: seed).rows
      let capacity = attack.capacity(classCounts: base.classCounts)
      let rows = attack.patch(base, count: capacity, key: Self.key, seed: seed).rows
      if let relabel = attack as? Relabel {
        #expect(rows == order.filter { base.labels[$0] != relabel.targetClass })
      } else {
        #expect(rows == order)
      }
    }
  }

  @Test(arguments: AttackCase.all)
  func knowsItsCapacity(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let counts = base.classCounts
    let capacity = attack.capacity(classCounts: counts)
    let spared = (attack as? Relabel).map { counts[$0.targetClass] } ?? 0
    #expect(capacity == base.count - spared)

    for count in 1..<base.count {
      let level = try PoisonLevel(Double(count) / Double(base.count))
      try #require(try level.rowCount(of: base.count) == count)
      if count <= capacity {
        #expect(throws: Never.self) { try attack.validate(level, classCounts: counts) }
      } else {
        #expect(
          throws: PoisoningError.budgetTooLarge(
            attack: attack.specification, level: level, rowCount: count, available: capacity)
        ) { try attack.validate(level, classCounts: counts) }
      }
    }
    let all = try PoisonLevel(1)
    #expect(throws: PoisoningError.noCleanRow(level: all, rowCount: base.count)) {
      try attack.validate(all, classCounts: counts)
    }
  }

  @Test(arguments: AttackCase.all.filter(\.changesLabels))
  func labelsAlwaysChangeToAnotherClass(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let count = attack.capacity(classCounts: base.classCounts)
    for seed in 0..<UInt32(20) {
      let patch = attack.patch(base, count: count, key: Self.key, seed: seed)
      for (row, label) in zip(patch.rows, try #require(patch.labels)) {
        #expect(label != base.labels[row] && (0..<base.classCount).contains(label))
        if let relabel = attack as? Relabel { #expect(label == relabel.targetClass) }
      }
    }
  }

  @Test(arguments: AttackCase.all.filter { !$0.changesLabels })
  func featuresStayWithinTheirBounds(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let kappa = (attack as? OutOfRange)?.kappa ?? 1
    for seed in 0..<UInt32(20) {
      let base = try attackCase.sample.training(seed: seed)
      let patch = attack.patch(base, count: base.count, key: Self.key, seed: seed)
      let features = try #require(patch.features)
      for (column, range) in try ranges(base.features).enumerated() {
        let width = kappa * (range.upperBound - range.lowerBound)
        // Uniform noise is clamped; the upper end of κ ranges carries the rounding of three
        // operations on numbers of at most this size.
        let size = abs(range.lowerBound) + width
        let slack = attack is OutOfRange ? 3 * size * .ulpOfOne : 0
        let upper = attack is OutOfRange ? range.lowerBound + width + slack : range.upperBound
        for index in 0..<features.rows {
          let x = features[index, column]
          #expect(x >= range.lowerBound && x <= upper, "\(x) outside \(range), column \(column)")
        }
      }
    }
  }
}
