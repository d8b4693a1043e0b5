import Analyses
import Poisoning
import Sweeps

/// The mitigations that the course text names, each with what stands for it here, and what it came to.
enum CourseMitigations {
  /// What the text names, and the defences that are it.
  private static let named: [(name: String, defenses: [String])] = [
    ("data validation", ["validate"]), ("Isolation Forest", ["isolation-forest"]),
    ("One-Class SVM", ["one-class-svm"]), ("Local Outlier Factor", ["lof"]),
    ("robust loss, Huber", ["huber-hinge"]), ("robust loss, Tukey", ["ramp"]),
    ("label smoothing", ["label-smoothing"]), ("differential privacy", ["dp-sgd"]),
  ]

  /// One row a mitigation, one column an attack at a level; nil where none was measured.
  static func section(_ rescues: [Rescue]) -> Answer.Section? {
    let columns = rescues.filter { $0.level != .clean }.reduce(
      into: [(attack: String, level: PoisonLevel)]()
    ) { columns, rescue in
      if !columns.contains(where: { $0.attack == rescue.attack && $0.level == rescue.level }) {
        columns.append((rescue.attack, rescue.level))
      }
    }
    var table = Table(
      [.text("the course text names")] + columns.map { .text("\($0.attack) \($0.level)") })
    for (name, defenses) in named {
      let entries = columns.map { column in
        rescues.first {
          defenses.contains($0.defense) && $0.attack == column.attack && $0.level == column.level
        }.map(text)
      }
      guard entries.contains(where: { $0 != nil }) else { continue }
      table.append([.text(name)] + entries.map { .text($0 ?? "") })
    }
    table.notes = [
      "Provenance is `runner provenance`; what more clean rows buy is not a defence of this table."
    ]
    return Answer.Section("The mitigations of the course text", table)
  }

  private static func text(_ rescue: Rescue) -> String {
    switch rescue.verdict {
    case .works, .helps:
      rescue.verdict.rawValue
        + (rescue.recovered.map { ", \(Numbers.percent(min($0, 1), 0)) %" } ?? "")
    case .none: "no effect"
    case .harms: "harms"
    }
  }
}
