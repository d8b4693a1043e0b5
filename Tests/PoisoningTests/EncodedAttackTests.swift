import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

/// What attacks make of columns that are no numbers: always what a file can hold.
struct EncodedAttackTests {
  private static let texts = AttackCatalog.entries.filter { !$0.needsParameters }.map(\.name)

  private static func rows() throws -> (Dataset, TrainingSet, LabeledRows) {
    let set = try EncodedSample.dataset()
    let split = try Split.stratified(set, validationShare: 0.25, seed: 1)
    let fitted = FittedEncoding(set, trainingRows: split.train)
    return (
      set, TrainingSet(set, rows: split.train, fitted),
      LabeledRows(set, rows: split.validation, fitted)
    )
  }

  /// Whether a file can hold a row of features.
  private static func isHeld(_ row: ArraySlice<Double>, by encoding: TableEncoding) -> Bool {
    let values = Array(row)
    return encoding.columns.indices.allSatisfy { index in
      let column = encoding.columns[index]
      let own = Array(values[encoding.features(of: index)])
      let last = column.values.count - 1
      return switch column.kind {
      case .ignored: own.isEmpty
      case .onehot, .hash: own.allSatisfy { $0 == 0 || $0 == 1 } && own.reduce(0, +) == 1
      case .boolean: own[0] == 0 || own[0] == 1
      case .ordinal: own[0] == own[0].rounded() && (0...Double(last)).contains(own[0])
      case .date: own[0] == own[0].rounded()
      case .number: own[0].isFinite && (own.count == 1 || own[1] == 0 || own[1] == 1)
      }
    }
  }

  @Test(arguments: texts)
  func rowsAreThoseOfFiles(_ text: String) throws {
    let (set, base, validation) = try Self.rows()
    let encoding = try #require(set.encoding)
    let attack = try AttackCatalog.attack(text, for: set)
    let count = min(12, attack.capacity(classCounts: base.classCounts))
    let patch = attack.patch(
      base, count: count, key: .standard, seed: 3, validation: validation)
    let poisoned = base.applying(patch, flow: attack.flow)
    let d = set.featureCount
    for row in 0..<poisoned.count {
      let values = poisoned.features.elements[row * d..<(row + 1) * d]
      #expect(Self.isHeld(values, by: encoding), "\(Array(values))")
    }
    let fewer = attack.patch(
      base, count: count / 2, key: .standard, seed: 3, validation: validation)
    #expect(patch.prefix(count / 2) == fewer)
  }

  /// Categories are poisoned to other categories, not only numbers to numbers.
  @Test func categoriesAreChanged() throws {
    let (set, base, _) = try Self.rows()
    let attack = try AttackCatalog.attack("uniform", for: set)
    let patch = attack.patch(base, count: 20, key: .standard, seed: 1)
    let features = try #require(patch.features)
    let region = try #require(set.encoding?.columns.firstIndex { $0.name == "region" })
    let range = try #require(set.encoding?.features(of: region))
    let changed = patch.rows.enumerated().count { index, row in
      range.contains { features[index, $0] != base.features[row, $0] }
    }
    #expect(changed > 5)
  }

  /// A trigger names a text, however few rows have it, and all columns of its group follow.
  @Test(arguments: ["region=south", "region=atlantis", "region=(missing)"])
  func backdoorsSetTexts(_ feature: String) throws {
    let (set, base, validation) = try Self.rows()
    let attack = try AttackCatalog.attack("backdoor:features=\(feature),class=v", for: set)
    let aim = try #require(
      attack.aim(Exposure(base, key: .standard, seed: 0), validation: validation))
    let trigger = try #require(aim.trigger)
    let column = try #require(set.featureNames.firstIndex(of: feature))
    #expect(zip(trigger.columns, trigger.values).filter { $0.1 == 1 }.map(\.0) == [column])
    #expect(trigger.columns.count == 5)
    let patch = attack.patch(base, count: 6, key: .standard, seed: 0)
    let features = try #require(patch.features)
    #expect((0..<6).allSatisfy { features[$0, column] == 1 })
    let shown = trigger.applied(to: validation.features)
    #expect((0..<validation.count).allSatisfy { shown[$0, column] == 1 })
  }
}
