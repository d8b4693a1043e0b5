import Datasets
import Poisoning

/// What became of a file as text, for people.
public struct PoisonedReport: Sendable {
  /// The lines, ready to print.
  public let lines: [String]

  /// The report of a file that was written to a path.
  public init(_ file: PoisonedFile, path: String) {
    let data = file.dataset
    let rows = file.patch.rows.map { Numbers.grouped($0 + 1) }
    let shown = rows.prefix(Self.limit).joined(separator: ", ")
    let rest = rows.count - Self.limit
    let what =
      switch file.attack.flow {
      case .replace: "replaced"
      case .add: "added, taking rows"
      case .delete: "deleted"
      }
    var lines = [
      "\(data.name): \(Numbers.grouped(data.sampleCount)) rows × \(data.featureCount) features, "
        + "\(data.classCount) classes; seed \(file.seed)",
      "attack \(file.attack.specification) at \(file.level): \(file.attack.threat.line)",
      "\(Numbers.grouped(rows.count)) rows \(what)"
        + (rows.isEmpty ? "" : ": \(shown)")
        + (rest > 0 ? " … and \(Numbers.grouped(rest)) more, which --json names" : ""),
      "\(Numbers.grouped(file.poisoned.count)) rows in \(path)", "",
    ]
    var table = Table([.text("class"), .count("rows before"), .count("rows after")])
    let (before, after) = (data.classCounts, file.poisoned.classCounts)
    for (label, name) in data.classNames.enumerated() {
      table.append([.text(name), .count(before[label]), .count(after[label])])
    }
    lines += table.lines()
    self.lines = lines
  }

  /// Rows that are named.
  private static let limit = 12
}
