import Datasets
import Poisoning

extension PoisonedFile {
  /// Rows that are named.
  private static let limit = 12

  /// What became of a file that was written to a path as text, for people.
  public func lines(path: String) -> [String] {
    let rows = patch.rows.map { Numbers.grouped($0 + 1) }
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
        [.text(name), .count(before[label]), .count(after[label])]
      })
    return [
      "\(dataset.name): \(Numbers.grouped(dataset.sampleCount)) rows × "
        + "\(dataset.featureCount) features, \(dataset.classCount) classes; seed \(seed)",
      "attack \(attack.specification) at \(level): \(attack.threat.line)",
      "\(Numbers.grouped(rows.count)) rows \(what)"
        + (rows.isEmpty ? "" : ": \(shown)")
        + (rest > 0 ? " … and \(Numbers.grouped(rest)) more, which --json names" : ""),
      "\(Numbers.grouped(poisoned.count)) rows in \(path)", "",
    ] + table.lines()
  }
}
