import Datasets
import Defenses
import Documents
import Foundation
import Poisoning

extension PlanFile {
  /// Reads where the data are.
  mutating func readData(_ values: [PlanKey: PlanNode], folder: String) throws(PlanError) {
    if let value = values[.data] {
      let names = EmbeddedDataset.allCases.map(\.rawValue)
      let accepted = "a CSV file, or one of \(names.joined(separator: ", "))"
      let text = try value.value(of: "data", accepted: accepted) { $0.text }
      guard !text.isEmpty, !text.unicodeScalars.contains("\0") else {
        throw value.refusal(of: "data", accepted: accepted)
      }
      let isElsewhere = names.contains(text) || text.hasPrefix("/") || folder.isEmpty
      plan.data.text = isElsewhere ? text : (folder as NSString).appendingPathComponent(text)
    }
    let isFile = EmbeddedDataset(rawValue: plan.data.text) == nil
    for key in [PlanKey.target, .ignore, .header] {
      guard let value = values[key], !isFile else { continue }
      throw .refused(
        at: value.location,
        reason: "\(key.rawValue) is for CSV files; \(plan.data.text) is built in")
    }
    let column = "the name or index of a column; -1 is the last"
    if let value = values[.target] {
      plan.data.target = try value.value(of: "target", accepted: column) { $0.text }
    } else if isFile, let value = values[.data] {
      let names = EmbeddedDataset.allCases.map(\.rawValue)
      let nearest = value.text.flatMap { Suggestion.nearest(to: $0, among: names) }
      throw .refused(
        at: value.location,
        reason: "data: \(value.found) is not built in"
          + (nearest.map { "; did you mean \($0)? Built" } ?? "; built")
          + " in: \(names.joined(separator: ", ")). A CSV file needs target, the name or index of "
          + "the column that holds the classes")
    }
    for value in try values[.ignore]?.items(of: "ignore", accepted: column) ?? [] {
      plan.data.ignoredColumns.append(
        try value.value(of: "ignore", accepted: column) { $0.text })
    }
    if let value = values[.header] {
      plan.data.hasHeader = try value.value(of: "header", accepted: "true or false") { $0.truth }
    }
  }

  /// Reads attacks, defences, levels and models.
  mutating func readGrid(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    if let value = values[.attacks] {
      let accepted =
        "attacks as NAME or NAME:key=value, of "
        + AttackCatalog.names.joined(separator: ", ")
      let items = try value.items(of: "attacks", accepted: accepted)
      plan.attacks = []
      for item in items {
        plan.attacks.append(try item.value(of: "attacks", accepted: accepted) { $0.text })
      }
      attackPlaces = items.map(\.location)
    }
    if let value = values[.defenses] {
      let accepted =
        "defences as NAME or NAME:key=value, with + between those of a chain, of "
        + DefenseCatalog.names.joined(separator: ", ")
      let items = try value.items(of: "defenses", accepted: accepted)
      plan.defenses = []
      for item in items {
        plan.defenses.append(try item.value(of: "defenses", accepted: accepted) { $0.text })
      }
      defensePlaces = items.map(\.location)
    }
    if let value = values[.levels] {
      let accepted = "shares from 0 to 1, such as 0.05 for 5 %"
      plan.levels = []
      for item in try value.items(of: "levels", accepted: accepted) {
        plan.levels.append(
          try item.value(of: "levels", accepted: accepted) { node in
            node.number.flatMap { try? PoisonLevel($0) }
          })
      }
    }
    if let value = values[.models] {
      plan.models = []
      for item in try value.items(of: "models", accepted: ModelGrid.accepted) {
        plan.models += try ModelGrid(item).choices()
      }
    }
    let limit = SweepPlan.maximumCellCount
    let conditions = plan.levels.count * plan.attacks.count * (plan.defenses.count + 1)
    let rows = conditions.multipliedReportingOverflow(by: plan.models.count)
    guard !rows.overflow, rows.partialValue <= limit else {
      throw .tooManyCells(
        at: places["models"] ?? places["levels"] ?? FileLocation(file: file, line: 1),
        limit: limit)
    }
  }

  /// Reads how rows are split and scaled.
  mutating func readStudy(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    if let value = values[.validation] {
      plan.validationShare = try value.value(
        of: "validation", accepted: "a share between 0 and 1, such as 0.2"
      ) { node in node.number.flatMap { $0 > 0 && $0 < 1 ? $0 : nil } }
    }
    if let value = values[.trusted] {
      plan.trustedShare = try value.value(
        of: "trusted", accepted: "a share from 0 to below 1, such as 0.1"
      ) { node in node.number.flatMap { $0 >= 0 && $0 < 1 ? $0 : nil } }
    }
    if let value = values[.scaler] { plan.scaler = try name(value, of: .scaler) }
    if let value = values[.scalerFit] { plan.scalerPolicy = try name(value, of: .scalerFit) }
  }

  private func name<Choice: CaseIterable & RawRepresentable>(
    _ value: PlanNode, of key: PlanKey
  ) throws(PlanError) -> Choice where Choice.RawValue == String {
    let names = Choice.allCases.map(\.rawValue)
    let nearest = value.text.flatMap { Suggestion.nearest(to: $0, among: names) }
    let accepted =
      names.joined(separator: ", ") + (nearest.map { "; did you mean \($0)?" } ?? "")
    return try value.value(of: key.rawValue, accepted: accepted) { node in
      node.text.flatMap { Choice(rawValue: $0) }
    }
  }

  /// Reads which seeds are run.
  mutating func readExtent(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    if let value = values[.seed] {
      plan.firstSeed = try value.value(
        of: "seed", accepted: "a whole number from 0 to \(UInt32.max)"
      ) { node in node.integer.flatMap { UInt32(exactly: $0) } }
    }
    let count = "a whole number from 1 up"
    let seeds = try values[.seeds]?.value(of: "seeds", accepted: count) { $0.integer }
    let maximum = try values[.maxSeeds]?.value(of: "max_seeds", accepted: count) { $0.integer }
    let halfWidth = try values[.untilCI]?.value(
      of: "until_ci", accepted: "a half-width between 0 and 1, such as 0.001 for 0.1 points"
    ) { $0.number }
    do {
      plan.extent = try SweepExtent(
        seeds: seeds, untilHalfWidth: halfWidth, maximum: maximum, firstSeed: plan.firstSeed)
    } catch {
      let place = places[error.key.rawValue] ?? places["seeds"]
      throw .invalidValue(
        at: place ?? FileLocation(file: file, line: 1), key: error.key.rawValue,
        found: error.value, accepted: error.accepted)
    }
  }
}
