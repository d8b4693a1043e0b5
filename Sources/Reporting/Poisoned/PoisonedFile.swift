public import Datasets
import Documents
import LinAlg
public import Poisoning
import Validation

/// A CSV file with poison in it: every cell that the attack leaves alone as it was, byte for byte.
///
/// All rows are training rows. Three columns follow the file's own:
/// * `poisoned`: `features`, `label`, `features and label`, or `added`; empty for a clean row
/// * `row`: the row of data, from 1, that it is, or that the attack took for it
/// * `was`: the label that row had, where the attack sets labels
///
/// Rows that are replaced stay where they were, those that are added follow in the order they were
/// made, and those that are deleted are not there. New numbers have the fewest digits that give the
/// same double back.
public struct PoisonedFile: Sendable {
  static let columns = PoisonMarks.columns

  /// The data before the attack.
  let dataset: Dataset

  let rows: CSVRows
  private let prefix: String

  /// The training rows before the attack: all of the data.
  private let base: TrainingSet

  let attack: any Attack
  let level: PoisonLevel
  let seed: UInt32
  let patch: Patch

  /// Its new features, one row a row of the patch; nil where they stay.
  private let features: Matrix<Double>?

  /// What a backdoor is opened by, and what rows that carry it are to be called; nil for another attack.
  let trigger: (values: Aim.Trigger, wanted: Int)?

  /// The data after the attack, the same classes.
  let poisoned: TrainingSet

  /// The first column of the file that is called like one of those that are added.
  public static func clash(with rows: CSVRows, prefix: String) -> String? {
    guard rows.hasHeader || rows.dialect.head != nil else { return nil }
    let own = columns.map { prefix + $0 }
    return rows.names.first { own.contains($0) }
  }

  /// Poisons all rows of a data set, which is written as `rows`.
  ///
  /// - Throws: `PoisoningError.noCleanRow`, `.budgetTooLarge`.
  /// - Precondition: Validation rows are there where the threat model grants them, and no column has
  ///   the name of one that is added.
  public init(
    _ dataset: Dataset, rows: CSVRows, attack: any Attack, level: PoisonLevel, seed: UInt32,
    validation: LabeledRows?, prefix: String
  ) throws(PoisoningError) {
    try attack.validate(level, classCounts: dataset.classCounts)
    (self.dataset, self.rows, self.prefix) = (dataset, rows, prefix)
    (self.attack, self.level, self.seed) = (attack, level, seed)
    base = TrainingSet(dataset, rows: Array(0..<dataset.sampleCount))
    let count = try attack.flow.rowCount(level, of: base.count)
    patch =
      count == 0
      ? Patch()
      : attack.patch(base, count: count, key: .standard, seed: seed, validation: validation)
    features = patch.features
    let aim =
      attack.threat.goal == .backdoor
      ? attack.aim(
        Exposure(base, key: .standard, seed: seed), validation: LabeledRows(dataset, rows: []))
      : nil
    trigger = aim.flatMap { aim in
      aim.trigger.flatMap { trigger in aim.wanted.map { (trigger, $0) } }
    }
    poisoned = base.applying(patch, flow: attack.flow)
  }

  /// The file.
  ///
  /// - Complexity: O(bytes).
  public var bytes: [UInt8] {
    var text = rows.mark(adding: Self.columns.map { prefix + $0 })
    if rows.hasHeader {
      let own = Self.columns.map { rows.field(prefix + $0) }
      rows.append(rows.header + own, to: &text)
    }
    var place = [Int?](repeating: nil, count: rows.count)
    for (index, row) in patch.rows.enumerated() { place[dataset.sourceRow(row)] = index }
    for row in 0..<rows.count {
      switch (attack.flow, place[row]) {
      case (.delete, .some): continue
      case (.replace, let index?): rows.append(made(index, mark: change), to: &text)
      default: rows.append(rows.fields(row) + marks("", row, was: ""), to: &text)
      }
    }
    if attack.flow == .add {
      for index in patch.rows.indices {
        rows.append(made(index, mark: "added"), to: &text)
      }
    }
    return text
  }

  /// What the attack sets of a row, in words.
  private var change: String {
    switch (features != nil, patch.labels != nil) {
    case (true, true): "features and label"
    case (true, false): "features"
    default: "label"
    }
  }

  /// The fields of a row of the patch; what is as before is written as before.
  private func made(_ index: Int, mark: String) -> [ArraySlice<UInt8>] {
    let row = patch.rows[index]
    let source = dataset.sourceRow(row)
    var fields = rows.fields(source)
    if let features { write(features, index, of: row, to: &fields) }
    let label = dataset.labels[row]
    if let new = patch.labels?[index], new != label {
      fields[rows.target] = rows.field(dataset.classNames[new])
    }
    let was = patch.labels == nil ? "" : dataset.classNames[label]
    return fields + marks(mark, source, was: was)
  }

  /// Writes what a row of the patch has in the columns whose numbers differ from those of the row before.
  private func write(
    _ features: Matrix<Double>, _ index: Int, of row: Int, to fields: inout [ArraySlice<UInt8>]
  ) {
    let d = dataset.featureCount
    guard let encoding = dataset.encoding else {
      for (j, column) in rows.features.enumerated()
      where features[index, j] != dataset.features[row, j] {
        fields[column] = rows.field(features[index, j])
      }
      return
    }
    let read = encoding.columns.indices.filter { encoding.columns[$0].kind != .ignored }
    let values = features.elements[index * d..<(index + 1) * d]
    for (column, place) in zip(read, rows.features) {
      let range = encoding.features(of: column)
      guard range.contains(where: { features[index, $0] != base.features[row, $0] }) else {
        continue
      }
      switch encoding.field(column, of: values) {
      case .number(let number): fields[place] = rows.field(number)
      case .text(let text): fields[place] = rows.field(text)
      case nil: break
      }
    }
  }

  private func marks(_ mark: String, _ row: Int, was: String) -> [ArraySlice<UInt8>] {
    [mark, "\(row + 1)", was].map { rows.field($0) }
  }

  private static let limit = 12

  /// What a trigger sets, as the columns of the file have it; nil for what follows from another column.
  private func told(_ feature: Int, _ value: Double) -> String? {
    let standard = "\(dataset.featureNames[feature]) = \(CSVWriter.field(value))"
    guard let encoding = dataset.encoding else { return standard }
    let column = encoding.columns[encoding.column(of: feature)]
    if column.isGroup { return value > 0 ? dataset.featureNames[feature] : nil }
    return standard
  }

  /// What became of a file that was written to a path as text, for people.
  public func lines(path: String) -> [String] {
    let rows = patch.rows.map { Numbers.grouped(dataset.sourceRow($0) + 1) }
    let shown = rows.prefix(Self.limit).joined(separator: ", ")
    let rest = rows.count - Self.limit
    let what =
      switch attack.flow {
      case .replace: "replaced"
      case .add: "added, taking rows"
      case .delete: "deleted"
      }
    let (before, after) = (dataset.classCounts, poisoned.classCounts)
    let table = Table(
      [.text("class"), .count("rows before"), .count("rows after")],
      rows: dataset.classNames.enumerated().map { label, name in
        [.text(name.shownInTable), .count(before[label]), .count(after[label])]
      })
    return [
      "\(dataset.name): \(Numbers.grouped(dataset.sampleCount)) rows × "
        + "\(dataset.featureCount) features, \(dataset.classCount) classes; seed \(seed)",
      "attack \(attack.specification) at \(level): \(attack.threat.line)",
      "\(Numbers.grouped(rows.count)) rows \(what)"
        + (rows.isEmpty ? "" : ": \(shown)")
        + (rest > 0 ? " … and \(Numbers.grouped(rest)) more, which --json names" : ""),
      "\(Numbers.grouped(poisoned.count)) rows in \(path)",
    ] + triggerLines + [""] + table.lines()
  }

  private var triggerLines: [String] {
    guard let trigger else { return [] }
    let values = zip(trigger.values.columns, trigger.values.values).compactMap { column, value in
      told(column, value)
    }
    let text =
      "trigger: \(values.joined(separator: " and ")); what carries it is to be called "
      + dataset.classNames[trigger.wanted]
    return text.wrapped(to: Table.terminalWidth)
  }
}
