import Datasets
import Defenses
import Documents
import Foundation
import Poisoning

extension PlanFile {
  /// Reads where the data are.
  mutating func readData(_ values: [PlanKey: PlanNode], folder: String) throws(PlanError) {
    let names = EmbeddedDataset.allCases.map(\.rawValue)
    let accepted =
      "a CSV file, or one of \(names.joined(separator: ", ")), or a mapping "
      + "such as {file: a.csv, target: y}; or a list of such"
    var common = DataSource()
    try readColumns(values, into: &common)
    guard let value = values[.data] else {
      return try refuseColumns(values, of: [common])
    }
    plan.data = []
    for item in try value.items(of: "data", accepted: accepted) {
      let (source, places) = try source(item, accepted, folder: folder, like: common)
      plan.data.append(source)
      dataPlaces.append(places)
    }
    try refuseColumns(values, of: plan.data)
  }

  /// Reads how CSV files are read.
  func readColumns(
    _ values: [PlanKey: PlanNode], into source: inout DataSource
  ) throws(PlanError) {
    let column = "the name or index of a column; -1 is the last"
    if let value = values[.target] {
      source.target = try value.value(of: "target", accepted: column) { $0.text }
    }
    for value in try values[.ignore]?.items(of: "ignore", accepted: column) ?? [] {
      source.ignoredColumns.append(
        try value.value(of: "ignore", accepted: column) { $0.text })
    }
    if let value = values[.header] {
      source.hasHeader = try value.value(of: "header", accepted: "true or false") { $0.truth }
    }
  }

  /// Refuses keys of CSV files where all data are built in.
  func refuseColumns(
    _ values: [PlanKey: PlanNode], of sources: [DataSource]
  ) throws(PlanError) {
    guard sources.allSatisfy(\.isEmbedded) else { return }
    for key in [PlanKey.target, .ignore, .header] {
      guard let value = values[key] else { continue }
      throw .refused(
        at: value.location,
        reason: "\(key.rawValue) is for CSV files; \(sources[0].text) is built in")
    }
  }

  /// Reads attacks, defences, levels and models.
  mutating func readGrid(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    if let one = values[.attack] {
      guard plan.kind == .experiment || values[.attacks] == nil else {
        throw .refused(
          at: one.location, reason: "attack: attacks are there, too; keep one of the two")
      }
      plan.attacks = [try one.value(of: "attack", accepted: "one attack") { $0.text }]
      attackPlaces = [one.location]
    }
    if let value = values[.attacks] {
      if plan.kind == .experiment { plan.kind = .tournament }
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
      if [.experiment, .tournament].contains(plan.kind) { plan.kind = .mitigation }
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
    try checkCellCount()
  }

  /// Refuses more cells than a study can have, before any are made.
  private func checkCellCount() throws(PlanError) {
    let limit = StudyPlan.maximumCellCount
    let conditions = plan.levels.count * plan.attacks.count * (plan.defenses.count + 1)
    let cells = conditions.multipliedReportingOverflow(by: plan.models.count)
    guard !cells.overflow, cells.partialValue <= limit else {
      throw .tooManyCells(
        at: places["models"] ?? places["levels"] ?? FileLocation(file: file, line: 1),
        limit: limit)
    }
  }

  /// Reads which rows curves train on.
  mutating func readCurves(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    let keys = [PlanKey.generator, .rows, .added, .validationRows]
    guard plan.kind == .curves else {
      guard let key = keys.first(where: { values[$0] != nil }), let value = values[key] else {
        return
      }
      throw .refused(at: value.location, reason: "\(key.rawValue) is for curves")
    }
    let count = "a whole number from 2 up"
    let isFile = plan.data.contains { !$0.isEmbedded }
    plan.curves.generator = isFile ? nil : .gaussian
    if let value = values[.generator] {
      let names = GeneratorChoice.allCases.map(\.rawValue) + ["none"]
      let name = try value.value(of: "generator", accepted: names.joined(separator: ", ")) {
        $0.text.flatMap { names.contains($0) ? $0 : nil }
      }
      plan.curves.generator = GeneratorChoice(rawValue: name)
    }
    plan.curves.rows = try values[.rows]?.value(of: "rows", accepted: count) {
      $0.integer.flatMap { $0 >= 2 ? $0 : nil }
    }
    if let value = values[.validationRows] {
      plan.curves.validationRows = try value.value(
        of: "validation_rows", accepted: "a whole number from 1 up"
      ) { $0.integer.flatMap { $0 >= 1 ? $0 : nil } }
    }
    guard let value = values[.added] else { return }
    let accepted = "shares such as [0, 0.5, 1, 2]"
    var shares: [Double] = []
    for item in try value.items(of: "added", accepted: accepted) {
      shares.append(
        try item.value(of: "added", accepted: accepted) { node in
          node.number.flatMap { $0 >= 0 && $0 <= CurveDesign.largestShare ? $0 : nil }
        })
    }
    plan.curves.addedShares = shares
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
  mutating func readSeeds(_ values: [PlanKey: PlanNode]) throws(PlanError) {
    if let value = values[.seed] {
      plan.firstSeed = try value.value(
        of: "seed", accepted: "a whole number from 0 to \(UInt32.max)"
      ) { node in node.integer.flatMap { UInt32(exactly: $0) } }
    }
    let count = "a whole number from 1 up"
    plan.seeds = SeedWish(
      count: try values[.seeds]?.value(of: "seeds", accepted: count) { $0.integer },
      untilHalfWidth: try values[.untilCI]?.value(
        of: "until_ci", accepted: "a half-width between 0 and 1, such as 0.001 for 0.1 points"
      ) { $0.number },
      maximum: try values[.maxSeeds]?.value(of: "max_seeds", accepted: count) { $0.integer })
    do {
      _ = try SweepExtent(
        seeds: plan.seeds.count, untilHalfWidth: plan.seeds.untilHalfWidth,
        maximum: plan.seeds.maximum, firstSeed: plan.firstSeed)
    } catch {
      let place = places[error.key.rawValue] ?? places["seeds"]
      throw .invalidValue(
        at: place ?? FileLocation(file: file, line: 1), key: error.key.rawValue,
        found: error.value, accepted: error.accepted)
    }
  }
}
