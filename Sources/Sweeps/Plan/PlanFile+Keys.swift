import Datasets
import Defenses
import Documents
import Files
import Foundation
import Poisoning

extension PlanFile {
  mutating func readData(_ values: DocumentMapping<PlanKey>, folder: String) throws(DocumentError) {
    let names = NamedDataset.names
    let accepted =
      "a file, or one of \(names.joined(separator: ", ")), or a mapping "
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

  func readColumns<Key: ColumnKey>(
    _ values: DocumentMapping<Key>, into source: inout DataSource
  ) throws(DocumentError) {
    let column = "the name or index of a column; -1 is the last"
    source.target = try values.value(.target, accepted: column) { $0.text } ?? source.target
    source.ignoredColumns =
      try values.items(.ignore, accepted: column) { $0.text } ?? source.ignoredColumns
    source.group = try values.value(.group, accepted: column) { $0.text } ?? source.group
    source.weights = try values.value(.weights, accepted: column) { $0.text } ?? source.weights
    source.sample =
      try values.value(.sample, accepted: "a whole number from 4 up") {
        $0.integer.flatMap { $0 >= 4 ? $0 : nil }
      } ?? source.sample
    source.hasHeader =
      try values.value(.header, accepted: "true or false") { $0.truth } ?? source.hasHeader
    for dialectKey in DialectKey.allCases {
      guard let key = Key(rawValue: dialectKey.rawValue) else { continue }
      _ = try values.value(key, accepted: dialectKey.accepted) { node in
        node.text.flatMap { source.dialect.set(dialectKey, to: $0) ? true : nil }
      }
    }
    for encodingKey in EncodingKey.allCases {
      guard let key = Key(rawValue: encodingKey.rawValue), let value = values[key] else { continue }
      // What is said of one file counts alone.
      try source.encoding.take(encodingKey, value)
    }
  }

  /// Refuses keys of files where all data are built in.
  func refuseColumns<Key: ColumnKey>(
    _ values: DocumentMapping<Key>, of sources: [DataSource]
  ) throws(DocumentError) {
    guard sources.allSatisfy(\.isNamed) else { return }
    let dialect = DialectKey.allCases.compactMap { Key(rawValue: $0.rawValue) }
    let encoding = EncodingKey.allCases.compactMap { Key(rawValue: $0.rawValue) }
    for key in [Key.target, .ignore, .group, .weights, .header] + dialect + encoding {
      guard let value = values[key] else { continue }
      throw value.error("\(key.rawValue) is for files; \(sources[0].text) is built in")
    }
  }

  /// Reads attacks, defences, levels and models.
  mutating func readGrid(_ values: DocumentMapping<PlanKey>) throws(DocumentError) {
    if let value = values[.attack] {
      guard plan.kind == .experiment || values[.attacks] == nil else {
        throw value.error("attack: attacks are there, too; keep one of the two")
      }
      plan.attacks = [try value.value(of: "attack", accepted: "one attack") { $0.text }]
      attackPlaces = [value.location]
    }
    let attacks =
      "attacks as NAME or NAME:key=value, of " + AttackCatalog.names.joined(separator: ", ")
    if let named = try values.items(.attacks, accepted: attacks, { $0.placedText }) {
      if plan.kind == .experiment { plan.kind = .tournament }
      plan.attacks = named.map(\.text)
      attackPlaces = named.map(\.place)
    }
    let defenses =
      "defences as NAME or NAME:key=value, with + between those of a chain, of "
      + DefenseCatalog.names.joined(separator: ", ")
    if let named = try values.items(.defenses, accepted: defenses, { $0.placedText }) {
      if [.experiment, .tournament].contains(plan.kind) { plan.kind = .mitigation }
      plan.defenses = named.map(\.text)
      defensePlaces = named.map(\.place)
    }
    let levels = try values.items(.levels, accepted: "shares from 0 to 1, such as 0.05 for 5 %") {
      $0.number.flatMap { try? PoisonLevel($0) }
    }
    plan.levels = levels ?? plan.levels
    if let value = values[.models] {
      plan.models = []
      for item in try value.items(of: "models", accepted: ModelGrid.accepted) {
        plan.models += try ModelGrid(node: item).choices()
      }
    }
    try checkCellCount()
  }

  /// Refuses more cells than a study can have, before any are made.
  private func checkCellCount() throws(DocumentError) {
    let conditions = plan.levels.count * plan.attacks.count * (plan.defenses.count + 1)
    let cells = conditions.multipliedReportingOverflow(by: plan.models.count)
    guard !cells.overflow, cells.partialValue <= StudyPlan.maximumCellCount else {
      throw ModelGrid.excess(at: place(of: .models, or: .levels))
    }
  }

  mutating func readCurves(_ values: DocumentMapping<PlanKey>) throws(DocumentError) {
    let keys = [PlanKey.generator, .rows, .added, .validationRows]
    guard plan.kind == .curves else {
      guard let key = keys.first(where: { values[$0] != nil }), let value = values[key] else {
        return
      }
      throw value.error("\(key.rawValue) is for curves")
    }
    let isFile = plan.data.contains(where: \.isFile)
    plan.curves.generator = isFile ? nil : .gaussian
    let names = GeneratorChoice.allCases.map(\.rawValue) + ["none"]
    let generator = try values.value(.generator, accepted: names.joined(separator: ", ")) { node in
      node.text.flatMap { names.contains($0) ? $0 : nil }
    }
    if let generator { plan.curves.generator = GeneratorChoice(rawValue: generator) }
    plan.curves.rows = try values.value(.rows, accepted: "a whole number from 2 up") {
      $0.integer.flatMap { $0 >= 2 ? $0 : nil }
    }
    try values.take(
      .validationRows, into: &plan.curves.validationRows, accepted: "a whole number from 1 up"
    ) { $0.integer.flatMap { $0 >= 1 ? $0 : nil } }
    let shares = try values.items(.added, accepted: "shares such as [0, 0.5, 1, 2]") { node in
      node.number.flatMap { $0 >= 0 && $0 <= CurveDesign.largestShare ? $0 : nil }
    }
    plan.curves.addedShares = shares ?? plan.curves.addedShares
  }

  /// Reads how rows are split and scaled.
  mutating func readStudy(
    _ values: DocumentMapping<PlanKey>, folder: String
  ) throws(DocumentError) {
    if values[.validation].map({ $0.number == nil && $0.text.map(Self.isFile) == true }) == true {
      plan.validationFile = try values.value(.validation, accepted: "a file") { node in
        node.text.map { text in
          text.hasPrefix("/") || folder.isEmpty
            ? text : text.inFolder(folder)
        }
      }
      // Its rows are judged on beside those of the data.
      if values[.generator] == nil { plan.curves.generator = nil }
    } else {
      try values.take(
        .validation, into: &plan.validationShare,
        accepted: "a share between 0 and 1, such as 0.2, or a file of rows"
      ) { node in node.number.flatMap { $0 > 0 && $0 < 1 ? $0 : nil } }
    }
    try values.take(
      .trusted, into: &plan.trustedShare, accepted: "a share from 0 to below 1, such as 0.1"
    ) { node in node.number.flatMap { $0 >= 0 && $0 < 1 ? $0 : nil } }
    try choose(.scaler, values, into: &plan.scaler)
    try choose(.scalerFit, values, into: &plan.scalerPolicy)
  }

  /// Whether a text, which is no number, names a file: one is there, or it looks like a path.
  package static func isFile(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return !scalars.isEmpty && !scalars.contains("\0")
      && (scalars.contains("/") || scalars.contains(".") || InputFile.byteCount(of: text) != nil)
  }

  private func choose<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: PlanKey, _ values: DocumentMapping<PlanKey>, into choice: inout Choice
  ) throws(DocumentError) {
    let names = Choice.allCases.map(\.rawValue)
    let nearest = values[key]?.text.flatMap { Suggestion.nearest(to: $0, among: names) }
    let accepted =
      names.joined(separator: ", ") + (nearest.map { "; did you mean \($0)?" } ?? "")
    try values.take(key, into: &choice, accepted: accepted) { node in
      node.text.flatMap { Choice(rawValue: $0) }
    }
  }

  mutating func readSeeds(_ values: DocumentMapping<PlanKey>) throws(DocumentError) {
    try values.take(
      .seed, into: &plan.firstSeed, accepted: "a whole number from 0 to \(UInt32.max)"
    ) { node in node.integer.flatMap { UInt32(exactly: $0) } }
    let count = "a whole number from 1 up"
    plan.seeds = SeedWish(
      count: try values.value(.seeds, accepted: count) { $0.integer },
      untilHalfWidth: try values.value(
        .untilCI, accepted: "a half-width between 0 and 1, such as 0.001 for 0.1 points"
      ) { $0.number },
      maximum: try values.value(.maxSeeds, accepted: count) { $0.integer })
    _ = try converting(try plan.seeds.extent(firstSeed: plan.firstSeed)) { refusal($0) }
  }
}

extension DocumentNode {
  fileprivate var placedText: (text: String, place: FileLocation)? { text.map { ($0, location) } }
}
