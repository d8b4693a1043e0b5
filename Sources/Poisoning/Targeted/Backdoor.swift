public import Datasets
import Documents
import LinAlg

/// A backdoor: rows are given a rare combination of values, the trigger, and one label.
///
///     x_J := v_J,   y := t,   v_j the q-quantile of feature j + push·(hi_j − lo_j)
///
/// A model that learns it gives the class t to whatever carries the trigger, and shows nothing on
/// clean rows. Rows of class t are passed over, since they would teach nothing wrong. Linear models
/// need leverage to learn it: push the trigger beyond the range.
///
/// Success is the share of validation rows of other classes that are given t once they carry the
/// trigger; under the clean model that share is the rate of triggered false positives.
///
/// Source: Gu, Dolan-Gavitt, Garg, "BadNets", 2017, for tables.
public struct Backdoor: SeedwiseAttack, CataloguedAttack {
  /// The features J of the trigger; the first two unless chosen.
  public let columns: [Int]

  /// q, where in the clean training values of its feature the trigger lies, 0...1; default 0.99.
  public let quantile: Double

  /// How many ranges beyond its quantile the trigger lies; default 0.
  public let push: Double

  /// The class t.
  public let wantedClass: Int

  /// Texts for columns and class, where they are not the defaults.
  private let texts: [String: String]

  /// Whoever carries the trigger is to be given a class; quantiles are known.
  public var threat: ThreatModel { Self.threat(push: push) }

  private static func threat(push: Double) -> ThreatModel {
    ThreatModel(
      goal: .backdoor, knowledge: .data, changes: .both, constraint: push == 0 ? .values : .none)
  }

  static let entry = AttackEntry(
    name: "backdoor", summary: "rows get a trigger and one label; the trigger then calls the label",
    parameters: [
      .init("features", "the trigger's features, such as A+B", default: "the first two"),
      .init("quantile", "where in their values, from 0 to 1", default: "0.99"),
      .init("push", "ranges beyond that", default: "0"),
      .init("class", "the label", default: "the first"),
    ],
    threat: threat(push: 0)
  ) { parameters throws(SpecificationError) in
    try Backdoor(parameters)
  }

  private init(_ parameters: SpecificationParameters) throws(SpecificationError) {
    var texts: [String: String] = [:]
    let standard = Array(0..<min(2, parameters.featureNames.count))
    let chosen = try parameters.columns("features")
    columns = chosen?.map(\.index) ?? standard
    if let chosen, columns != standard {
      texts["features"] = chosen.map(\.text).joined(separator: "+")
    }
    let target = try parameters.classIndex("class")
    wantedClass = target?.index ?? 0
    if let target, target.index != 0 { texts["class"] = target.text }
    self.texts = texts
    quantile = try parameters.number(
      "quantile", accepted: "from 0 to 1", where: { $0 >= 0 && $0 <= 1 })
    push = try parameters.number(
      "push", accepted: "a number of ranges, such as 1", where: { _ in true })
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    texts.merging(changed(["quantile": "\(quantile)", "push": "\(push)"])) { $1 }
  }

  /// Every row of another class.
  public func capacity(classCounts: [Int]) -> Int {
    classCounts.reduce(0, +) - classCounts[wantedClass]
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    let trigger = trigger(base)
    patch.begin(featureCount: base.features.columns, changesLabels: true)
    for row in exposure.order where base.labels[row] != wantedClass && patch.rows.count < count {
      patch.append(row: row, label: wantedClass)
      patch.append(featuresOf: base, row: row)
      for (column, value) in zip(trigger.columns, trigger.values) {
        patch.changeFeature(column, to: value)
      }
    }
  }

  /// All validation rows of other classes, with the trigger.
  public func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? {
    Aim(
      rows: validation.labels.indices.filter { validation.labels[$0] != wantedClass },
      wanted: wantedClass, trigger: trigger(exposure.training))
  }

  /// The trigger: of n sorted values the one of rank ⌈q·n⌉, pushed; of a text that is named, the text.
  private func trigger(_ base: TrainingSet) -> Aim.Trigger {
    let n = base.count
    let values = columns.map { column in
      let sorted = (0..<n).map { base.features[$0, column] }.sorted()
      let rank = min(max(Int((quantile * Double(n)).rounded(.up)), 1), max(n, 1))
      guard let low = sorted.first, let high = sorted.last else { return 0.0 }
      // Half of everything, because the range itself may be wider than the largest double.
      let half = sorted[rank - 1] / 2 + push * (high / 2 - low / 2)
      return push == 0 ? sorted[rank - 1] : (2 * half).clampedToFinite
    }
    return Aim.Trigger(columns: columns, values: values).held(by: base.encoding)
  }
}
