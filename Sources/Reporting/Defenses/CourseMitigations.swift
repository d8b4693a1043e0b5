import Poisoning
import Sweeps

/// The mitigations that the course text names, each with what stands for it here, and what it came to.
struct CourseMitigations {
  private let rescues: [Rescue]

  init(_ rescues: [Rescue]) { self.rescues = rescues }

  /// What the text names, and the defences that are it.
  static let named: [(name: String, defenses: [String])] = [
    ("data validation", ["validate"]), ("Isolation Forest", ["isolation-forest"]),
    ("One-Class SVM", ["one-class-svm"]), ("Local Outlier Factor", ["lof"]),
    ("robust loss, Huber", ["huber-hinge"]), ("robust loss, Tukey", ["ramp"]),
    ("label smoothing", ["label-smoothing"]), ("differential privacy", ["dp-sgd"]),
  ]

  /// One line a mitigation, one column an attack at a level; empty where none was measured.
  var lines: [String] {
    let columns = rescues.filter { $0.level != .clean }.reduce(
      into: [(attack: String, level: PoisonLevel)]()
    ) { columns, rescue in
      if !columns.contains(where: { $0.attack == rescue.attack && $0.level == rescue.level }) {
        columns.append((rescue.attack, rescue.level))
      }
    }
    var table = TextTable(
      [("the course text names", .left)]
        + columns.map { ("\($0.attack) \($0.level)", TextTable.Alignment.left) })
    var isEmpty = true
    for (name, defenses) in Self.named {
      let entries = columns.map { column in
        rescues.first {
          defenses.contains($0.defense) && $0.attack == column.attack && $0.level == column.level
        }.map(Self.text) ?? ""
      }
      guard entries.contains(where: { !$0.isEmpty }) else { continue }
      isEmpty = false
      table.append([name] + entries)
    }
    guard !isEmpty else { return [] }
    return ["", "The mitigations of the course text", ""] + table.lines + [
      "",
      "Provenance is `runner provenance`; what more clean rows buy is not a defence of this table.",
    ]
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
