import Datasets
import Defenses
import Models
import Poisoning
import Statistics
import Sweeps

/// Defences against attacks as text, for people.
struct MitigationReport {
  private let study: Study
  private let rescues: [Rescue]

  init(_ study: Study, cells: [CellSummary], _ mitigation: Mitigation) {
    self.study = study
    rescues = mitigation.rescues(cells)
  }

  /// All sections.
  var lines: [String] {
    levels.flatMap(table) + notes + summary + CourseMitigations(rescues).lines
  }

  private var levels: [PoisonLevel] {
    Set(rescues.map(\.level)).subtracting([.clean]).sorted()
  }

  private var defenses: [String] { distinct(rescues.map(\.defense)) }

  private func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func rescue(_ defense: String, _ attack: String, _ level: PoisonLevel) -> Rescue? {
    rescues.first { $0.defense == defense && $0.attack == attack && $0.level == level }
  }

  /// One line a defence, one column an attack.
  private func table(_ level: PoisonLevel) -> [String] {
    let attacks = distinct(rescues.filter { $0.level == level }.map(\.attack))
    var table = TextTable(
      [("defence", .left), ("no attack", .right), ("wrongly", .right)]
        + attacks.map { ($0, TextTable.Alignment.right) })
    let all = Set(study.models.map(\.name))
    var lost = ["(accuracy lost)", "", ""]
    for attack in attacks {
      // The defence that is for most models has the loss over them.
      let widest = rescues.filter { $0.attack == attack && $0.level == level }
        .max { $0.models.count < $1.models.count }
      lost.append(widest.map { Numbers.meanAndHalfWidth($0.loss) + "  " } ?? "")
    }
    table.append(lost)
    for defense in defenses {
      let clean = rescue(defense, "none", .clean)
      let isForAll = rescues.first { $0.defense == defense }.map { Set($0.models) == all } ?? true
      table.append(
        [
          defense + (isForAll ? "" : " ¹"), clean.map(entry) ?? "",
          clean?.wronglyFlagged.map { Numbers.percent($0, 1) } ?? "",
        ] + attacks.map { rescue(defense, $0, level).map(entry) ?? "" })
    }
    return ["", "Accuracy that each defence gives back at \(level)", ""] + table.lines
  }

  private func entry(_ rescue: Rescue) -> String {
    let mark =
      switch rescue.verdict {
      case .works: "**"
      case .helps: "* "
      case .none: "  "
      case .harms: "! "
      }
    let sign = rescue.gain.mean > 0 ? "+" : ""
    return sign + Numbers.meanAndHalfWidth(rescue.gain) + mark
  }

  private var notes: [String] {
    var lines = [
      "", "Points of accuracy, paired by seed, with the 95 % half-width; mean over the models.",
      "no attack: what the defence costs on clean rows. wrongly: % of clean rows it flags there.",
      "** works: at least half of the loss comes back. * helps. ! harms. No mark: no difference.",
      "Marks hold together: Holm's correction over the whole table, at 5 %.",
    ]
    let partial = rescues.filter { $0.models.count < study.models.count }
    if !partial.isEmpty {
      let names = distinct(partial.map(\.defense)).map { defense in
        "\(defense) (\(partial.first { $0.defense == defense }?.models.joined(separator: ", ") ?? ""))"
      }
      lines += "¹ for some of the models only: \(names.joined(separator: ", "))."
        .wrapped(to: 100)
    }
    return lines
  }

  /// What works against each attack, best first.
  private var summary: [String] {
    var lines = ["", "What works", ""]
    for level in levels {
      for attack in distinct(rescues.filter { $0.level == level }.map(\.attack)) {
        let here = rescues.filter { $0.attack == attack && $0.level == level }
        let ranked = here.sorted {
          ($0.recovered ?? $0.gain.mean) > ($1.recovered ?? $1.gain.mean)
        }
        let named = { (verdict: Rescue.Verdict) in
          ranked.filter { $0.verdict == verdict }.map { rescue in
            guard let share = rescue.recovered, verdict == .works || verdict == .helps else {
              return rescue.defense
            }
            return "\(rescue.defense) (\(Numbers.percent(min(share, 1), 0)) %)"
          }
        }
        let parts = [
          ("works", named(.works)), ("helps", named(.helps)), ("harms", named(.harms)),
        ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        let text =
          "\(attack) at \(level): "
          + (parts.isEmpty ? "nothing makes a difference" : parts.joined(separator: "; "))
        for (index, line) in text.wrapped(to: 98).enumerated() {
          lines.append(index == 0 ? line : "  \(line)")
        }
      }
    }
    return lines
  }
}
