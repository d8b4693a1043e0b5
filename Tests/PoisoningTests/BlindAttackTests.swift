import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

/// What blind attacks do to features, rows and labels, by definition.
struct SeedwiseAttackTests {
  /// A patch of as many rows as can be, with its clean rows.
  private func full(
    _ attackCase: AttackCase, seed: UInt32
  ) throws -> (base: TrainingSet, patch: Patch) {
    let base = try attackCase.sample.training(seed: seed)
    let attack = try attackCase.attack()
    let count = attack.capacity(classCounts: base.classCounts)
    return (base, attack.patch(base, count: count, key: .standard, seed: seed))
  }

  /// The rows of a patch with the clean row at the same position.
  private func changes(
    _ attackCase: AttackCase, seed: UInt32
  ) throws -> [(position: Int, old: [Double], new: [Double])] {
    let (base, patch) = try full(attackCase, seed: seed)
    let features = try #require(patch.features)
    return patch.rows.enumerated().map { index, position in
      (position, row(base.features, position), row(features, index))
    }
  }

  @Test(
    arguments: AttackCase.named(
      "uniform", "gaussian", "out-of-range", "shuffle", "swap", "sentinel", "unit-error",
      "duplicates", "flip", "relabel", "pair"))
  func takesRowsInTheCommonOrder(_ attackCase: AttackCase) throws {
    for seed in 0..<UInt32(5) {
      let (base, patch) = try full(attackCase, seed: seed)
      let attack = try attackCase.attack()
      let spared = (attack as? Relabel)?.targetClass
      let only = (attack as? PairFlip)?.pair?.source
      let order = Exposure(base, key: .standard, seed: seed).order.filter { row in
        base.labels[row] != spared && only.map { base.labels[row] == $0 } ?? true
      }
      #expect(patch.rows == Array(order.prefix(patch.rows.count)))
      #expect(patch.rows.count == order.count || attack is Duplicates)
    }
  }

  /// The value a row is given is decided by its row id (and the ranges of features), not by which
  /// other rows train or in which order.
  @Test(
    arguments: AttackCase.named("uniform", "out-of-range", "sentinel", "unit-error", "flip", "pair")
      .filter { !$0.specification.contains("class") && !$0.specification.contains("missing") })
  func valuesBelongToRowsNotToPositions(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let dataset = try attackCase.sample.dataset()
    let base = try attackCase.sample.training()
    let extremes = try ranges(base.features)
    // Two thirds of the rows, all that reach an end of a range among them, in reverse.
    let rows = (0..<base.count).filter { position in
      position % 3 != 1
        || extremes.indices.contains { column in
          let (value, range) = (base.features[position, column], extremes[column])
          return range.lowerBound < range.upperBound
            && (value == range.lowerBound || value == range.upperBound)
        }
    }.map { base.rowIDs[$0] }
    let smaller = TrainingSet(dataset, rows: rows.reversed())
    #expect(smaller.count < base.count)

    let outcome = { (set: TrainingSet) in
      let count = attack.capacity(classCounts: set.classCounts)
      let poisoned = set.applying(attack.patch(set, count: count, key: .standard, seed: 9))
      return Dictionary(
        uniqueKeysWithValues: poisoned.rowIDs.enumerated().map { position, id in
          (id, row(poisoned.features, position) + [Double(poisoned.labels[position])])
        })
    }
    let (all, some) = (outcome(base), outcome(smaller))
    for id in rows { #expect(some[id] == all[id], "row \(id)") }
  }

  /// No draw falls on the old value, with probability 1 − 2⁻⁴⁰, where the range is not empty and
  /// nothing is moved to its ends.
  @Test(
    arguments: AttackCase.named("uniform", "gaussian", "out-of-range")
      .filter { !$0.specification.contains("class") && !$0.specification.contains("clip") })
  func newValuesAreNew(_ attackCase: AttackCase) throws {
    for (_, old, new) in try changes(attackCase, seed: 3) { #expect(old[0] != new[0]) }
  }

  @Test(arguments: AttackCase.named("uniform").filter { $0.specification.contains("range=class") })
  func noiseOfAClassStaysInItsRange(_ attackCase: AttackCase) throws {
    for seed in 0..<UInt32(10) {
      let base = try attackCase.sample.training(seed: seed)
      let byClass = try (0..<base.classCount).map { label in
        let rows = base.labels.indices.filter { base.labels[$0] == label }
        return rows.isEmpty ? [] : try ranges(base.features.selectingRows(rows))
      }
      for (position, _, new) in try changes(attackCase, seed: seed) {
        let ranges = byClass[base.labels[position]]
        #expect(zip(ranges, new).allSatisfy { $0.contains($1) })
      }
    }
  }

  @Test(arguments: AttackCase.named("out-of-range"))
  func outOfRangeValuesEndAfterKappaRanges(_ attackCase: AttackCase) throws {
    let attack = try #require(attackCase.attack() as? OutOfRange)
    for seed in 0..<UInt32(20) {
      let base = try attackCase.sample.training(seed: seed)
      let ranges = try ranges(base.features)
      for (_, _, new) in try changes(attackCase, seed: seed) {
        for (x, range) in zip(new, ranges) {
          let width = attack.kappa * (range.upperBound - range.lowerBound)
          // Three operations on numbers of at most this size are rounded.
          let slack = 3 * (abs(range.lowerBound) + abs(range.upperBound) + width) * .ulpOfOne
          switch attack.sides {
          case .high:
            #expect(x >= range.lowerBound && x <= range.lowerBound + width + slack)
          case .both:
            #expect(x <= range.lowerBound + slack || x >= range.upperBound - slack)
            #expect(x >= range.lowerBound - width - slack && x <= range.upperBound + width + slack)
          }
        }
      }
    }
  }

  /// Clipping moves what lies outside the range to its ends and nothing else.
  @Test(arguments: Sample.allCases)
  func clippedNoiseIsTheNoiseWithinTheRange(_ sample: Sample) throws {
    let base = try sample.training()
    let ranges = try ranges(base.features)
    let free = try #require(
      try GaussianNoise(scale: 2).patch(base, count: base.count, key: .standard, seed: 1).features)
    let clipped = try #require(
      try GaussianNoise(scale: 2, isClipped: true)
        .patch(base, count: base.count, key: .standard, seed: 1).features)
    for index in 0..<base.count {
      for (column, range) in ranges.enumerated() {
        let expected = min(max(free[index, column], range.lowerBound), range.upperBound)
        #expect(clipped[index, column] == expected)
      }
    }
  }

  @Test(arguments: AttackCase.named("shuffle"))
  func shufflesKeepTheMarginals(_ attackCase: AttackCase) throws {
    let (base, patch) = try full(attackCase, seed: 2)
    let features = try #require(patch.features)
    let part = try #require(patch.prefix(patch.rows.count / 3).features)
    for j in 0..<base.features.columns {
      let clean = column(base.features, j)
      #expect(column(features, j).sorted() == clean.sorted(), "all rows: the same values")
      // At a lower level none is used more often than it occurs.
      let available = Dictionary(clean.map { ($0, 1) }, uniquingKeysWith: +)
      for (value, uses) in Dictionary(column(part, j).map { ($0, 1) }, uniquingKeysWith: +) {
        #expect(uses <= available[value] ?? 0)
      }
    }
  }

  @Test(arguments: AttackCase.named("swap"))
  func swapsTakeRowsOfOtherClasses(_ attackCase: AttackCase) throws {
    for seed in 0..<UInt32(5) {
      let base = try attackCase.sample.training(seed: seed)
      for (position, _, new) in try changes(attackCase, seed: seed) {
        let donors = (0..<base.count).filter { row(base.features, $0) == new }
        #expect(donors.contains { base.labels[$0] != base.labels[position] })
      }
    }
  }

  @Test func swapsNeedASecondClass() {
    #expect(ClassSwap().capacity(classCounts: [0, 9, 0]) == 0)
    #expect(ClassSwap().capacity(classCounts: [1, 9, 0]) == 10)
  }

  @Test(arguments: AttackCase.named("sentinel"))
  func sentinelsStandForValues(_ attackCase: AttackCase) throws {
    let attack = try #require(attackCase.attack() as? Sentinel)
    let base = try attackCase.sample.training(seed: 4)
    // n additions of numbers up to the largest are rounded, here and there.
    let fillers = (0..<base.features.columns).map { j -> ClosedRange<Double> in
      let values = column(base.features, j)
      let mean = values.reduce(0, +) / Double(values.count)
      let largest = values.map(abs).max() ?? 0
      let slack = 2 * Double(values.count) * .ulpOfOne * largest
      if case .number(let number) = attack.value { return number...number }
      return mean - slack...mean + slack
    }
    for (_, old, new) in try changes(attackCase, seed: 4) {
      let lost = old.indices.filter { fillers[$0].contains(new[$0]) }
      let kept = old.indices.filter { old[$0] == new[$0] }
      #expect(Set(lost + kept).count == old.count)
      if attack.columns == .all { #expect(lost.count == old.count) }
      // A constant feature is its own mean.
      if attack.columns == .one { #expect(kept.count >= old.count - 1) }
    }
  }

  @Test(arguments: AttackCase.named("unit-error"))
  func unitErrorsAreOfTheirKind(_ attackCase: AttackCase) throws {
    let attack = try #require(attackCase.attack() as? UnitError)
    for (_, old, new) in try changes(attackCase, seed: 5) {
      if attack.kind == .swap {
        #expect(new.sorted() == old.sorted())
        #expect([0, 2].contains(zip(old, new).count { $0 != $1 }))
        continue
      }
      let factors: [(Double) -> Double] =
        switch attack.kind {
        case .times10: [{ $0 * 10 }]
        case .divide10: [{ $0 / 10 }]
        case .inches: [{ $0 * 2.54 }]
        default: [{ $0 * 10 }, { $0 / 10 }]
        }
      let wrong = old.indices.filter { j in factors.contains { new[j] == $0(old[j]) } }
      if attack.columns == .all { #expect(wrong.count == old.count) }
      if attack.columns == .one { #expect(zip(old, new).count { $0 != $1 } <= 1) }
      #expect(zip(old, new).enumerated().allSatisfy { wrong.contains($0) || $1.0 == $1.1 })
    }
  }

  @Test(arguments: AttackCase.named("duplicates"))
  func duplicatesComeFromTheEndOfTheOrder(_ attackCase: AttackCase) throws {
    let attack = try #require(attackCase.attack() as? Duplicates)
    let (base, patch) = try full(attackCase, seed: 6)
    let features = try #require(patch.features)
    let sources = Exposure(base, key: .standard, seed: 6).order.reversed().filter { row in
      attack.sourceClass == nil || base.labels[row] == attack.sourceClass
    }
    for index in patch.rows.indices {
      let source = sources[index / attack.copies]
      #expect(row(features, index) == row(base.features, source))
      #expect(patch.labels?[index] == base.labels[source])
    }
    #expect(patch.rows.count == min(base.count, attack.copies * sources.count))
  }

  @Test(arguments: AttackCase.named("deletion"))
  func deletionTakesItsRowsFirst(_ attackCase: AttackCase) throws {
    let attack = try #require(attackCase.attack() as? Deletion)
    let (base, patch) = try full(attackCase, seed: 7)
    let order = Exposure(base, key: .standard, seed: 7).order
    #expect(patch.rows.sorted() == Array(0..<base.count))
    switch attack.rule {
    case .random: #expect(patch.rows == order)
    case .ofClass(let label):
      let isFirst = patch.rows.map { base.labels[$0] == label }
      #expect(isFirst.count { $0 } == isFirst.prefix { $0 }.count)
      for part in [true, false] {
        #expect(
          patch.rows.filter { (base.labels[$0] == label) == part }
            == order.filter { (base.labels[$0] == label) == part })
      }
    case .along(let j):
      for (a, b) in zip(patch.rows, patch.rows.dropFirst()) {
        let (x, y) = (base.features[a, j], base.features[b, j])
        #expect(x >= y)
        if x == y {
          #expect(try #require(order.firstIndex(of: a)) < #require(order.firstIndex(of: b)))
        }
      }
    }
  }

  /// Numbers at both ends of the doubles, one row, one class: nothing traps, nothing overflows.
  @Test(arguments: AttackCatalog.entries.map(\.name) + ["unit-error:kind=swap"], 0..<6)
  func survivesOddSets(_ name: String, _ shape: Int) throws {
    let top = Double.greatestFiniteMagnitude
    let (columns, elements, labels): (Int, [Double], [Int]) =
      [
        (1, [3], [0]), (1, [-top, top], [0, 1]), (2, [top, -top, top, -top, top, top], [0, 0, 0]),
        (2, [7, -7, 7, -7, 7, -7, 7, -7], [0, 1, 0, 1]), (3, [1, 2, 3, 0, -0.0, 5], [1, 1]),
        (1, [.leastNonzeroMagnitude, 0, -.leastNonzeroMagnitude, 0], [0, 0, 1, 1]),
      ][shape]
    let dataset = try Dataset(
      name: "odd", features: Matrix(rows: labels.count, columns: columns, elements: elements),
      labels: labels, classNames: ["a", "b"], featureNames: ["x", "y", "z"].dropLast(3 - columns),
      targetName: "t")
    let text = name == "noise-matrix" ? "noise-matrix:rates=0.5:0.5/0.2:0.8" : name
    let attack: any Attack
    do {
      attack = try AttackCatalog.attack(text, for: dataset)
    } catch {
      // What the data do not allow is refused in one line.
      #expect(!"\(error)".contains { $0.isNewline })
      return
    }
    let base = TrainingSet(dataset, rows: Array(labels.indices))
    let capacity = attack.capacity(classCounts: base.classCounts)
    let validation = LabeledRows(dataset, rows: Array(labels.indices))
    for count in 0...capacity {
      let patch = attack.patch(base, count: count, key: .standard, seed: 1, validation: validation)
      #expect(patch.rows.count == count)
      #expect(patch.features?.elements.allSatisfy(\.isFinite) ?? true)
    }
  }
}
