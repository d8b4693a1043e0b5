import Datasets
import Foundation
import Models
import Poisoning
public import Store
import Sweeps

/// What a store holds, for people and machines.
public struct StoreStatus: Encodable, Sendable {
  let store: String
  let plan: String
  let dataset: String
  let trainingRows: Int
  let validationRows: Int
  let firstSeed: Int
  let cells: Int
  let blocks: Int
  let seeds: Int
  let fits: Int
  let bytes: Int
  let lastWritten: String?
  let created: String
  let program: String
  /// What the last command was about, and how far it came; nil for a store of before commands said so.
  let kind: String?
  let wantedFits: Int?
  let doneFits: Int?
  let isComplete: Bool?
  let isRunning: Bool
  let fitsPerSecond: Double?
  let secondsLeft: Double?
  let hasPlanFile: Bool
  /// What the last command asked for; of a store of before commands said so, all there is.
  let attacks: [String]
  let levels: [Double]
  let defenses: [String]
  let generator: String?
  let wantedSeeds: Int?
  let untilCi: Double?
  let maxSeeds: Int?
  let planText: String?
  private let wantedModels: [String]
  private let conditions: [String]
  private let models: [String]

  /// Reads the store at a path.
  public init(_ path: String) throws(StoreError) {
    let store = try SweepStore(reading: path)
    let finished = try store.finishedBlocks()
    let plan = store.plan
    self.store = path
    self.plan = plan.digest
    dataset = plan.datasetName
    trainingRows = plan.trainingCount
    validationRows = plan.validationCount
    firstSeed = Int(plan.firstSeed)
    cells = store.cells.count
    blocks = finished.count
    seeds = finished.values.reduce(0, +)
    fits = try store.fitCount()
    let (request, progress) = (try store.request(), try store.progress())
    kind = request?.request.kind.rawValue
    let wanted = try StoreReading(store).cells
    attacks = wanted.map(\.attackName).distinct.filter { $0 != "none" }
    levels = Set(wanted.map(\.level.share)).sorted()
    defenses = wanted.map(\.defenseName).distinct.filter { $0 != "none" }
    wantedModels = wanted.map(\.modelName).distinct
    generator = plan.study?.generator
    let rule = request?.request.extent.rule
    wantedSeeds = rule?.minimumSeedCount ?? request?.request.extent.maximumSeedCount
    (untilCi, maxSeeds) = (rule?.halfWidth, rule?.maximumSeedCount)
    planText = request?.request.planText
    hasPlanFile = planText != nil
    isComplete = request.map { _ in progress?.isDone ?? false }
    isRunning = store.isBeingWritten
    doneFits = try request.map { request throws(StoreError) in
      try store.fitCount(of: request.cells)
    }
    wantedFits = request?.expectedFitCount(progress, done: doneFits ?? 0)
    fitsPerSecond = isRunning ? progress?.fitsPerSecond : nil
    secondsLeft =
      if isRunning, isComplete == false, let rate = progress?.fitsPerSecond, rate > 0,
        let wantedFits, let doneFits
      {
        Double(max(0, wantedFits - doneFits)) / rate
      } else {
        nil
      }
    // What a writer has not yet moved into the file is in the log beside it.
    let files = [path, path + "-wal"].compactMap {
      try? FileManager.default.attributesOfItem(atPath: $0)
    }
    bytes = files.reduce(0) { $0 + (($1[.size] as? Int) ?? 0) }
    lastWritten = files.compactMap { $0[.modificationDate] as? Date }.max()?.ISO8601Format()
    created = plan.createdAt
    program = "\(plan.program) \(plan.programVersion)"
    conditions =
      store.cells.map { cell in
        (cell.level == .clean ? "\(cell.level)" : "\(cell.attackName) at \(cell.level)")
          + (cell.defenseName == "none" ? "" : " with \(cell.defenseName)")
      }.distinct
    models = store.cells.map(\.modelName).distinct
  }

  /// All lines, ready to print, each fact under its name.
  public var lines: [String] {
    let facts: [(String, String?)] = [
      ("plan", plan), ("study", asked),
      (
        "data",
        "\(dataset): \(Numbers.grouped(trainingRows)) rows train, "
          + "\(Numbers.grouped(validationRows)) validate"
      ),
      ("conditions", conditions.joined(separator: ", ")),
      ("models", models.joined(separator: "; ")),
      (
        "seeds",
        "\(Numbers.grouped(seeds)) from \(firstSeed) on, in \(Numbers.grouped(blocks)) blocks"
      ),
      ("fits", "\(Numbers.grouped(fits)) in \(Numbers.grouped(cells)) cells"),
      ("wanted", wanted),
      (
        "file",
        "\(Numbers.grouped(bytes)) bytes" + (lastWritten.map { ", last written \($0)" } ?? "")
      ),
      ("made", "\(created) by \(program)"),
    ]
    let width = Table.terminalWidth - Self.indent
    let texts = facts.map { ($0, $1?.wrapped(to: width) ?? []) } + [("plan file", planLines(width))]
    return texts.flatMap { name, lines in
      lines.enumerated().map { index, line in
        (index == 0 ? name : "").padding(toLength: Self.indent, withPad: " ", startingAt: 0) + line
      }
    }
  }

  private static let indent = 12

  /// What the last command was about, as it was asked for.
  private var asked: String {
    let list = { (values: [String]) in values.joined(separator: ", ") }
    var parts = [
      "attacks " + (attacks.isEmpty ? "none" : list(attacks)),
      "levels " + list(levels.compactMap { try? PoisonLevel($0).description }),
    ]
    if !defenses.isEmpty { parts.append("defences \(list(defenses))") }
    parts.append("models \(list(wantedModels))")
    if let wantedSeeds {
      parts.append(
        "\(Numbers.grouped(wantedSeeds)) seeds"
          + (untilCi.map { " or more, until ±\($0)" } ?? "")
          + (maxSeeds.map { ", at most \(Numbers.grouped($0))" } ?? ""))
    }
    return (kind ?? "cells") + " of \(generator.map { "rows by \($0), " } ?? "")\(dataset): "
      + parts.joined(separator: "; ")
  }

  /// The beginning of the plan file, without comments, of which stores do not keep the name.
  private func planLines(_ width: Int) -> [String] {
    let lines = (planText ?? "").split(separator: "\n").map(String.init).filter {
      !$0.allSatisfy(\.isWhitespace) && $0.first { !$0.isWhitespace } != "#"
    }
    let shown = lines.prefix(Self.planLineCount).map {
      $0.count > width ? $0.prefix(width - 1) + "…" : $0
    }
    return shown + (lines.count > shown.count ? ["… (\(lines.count) lines)"] : [])
  }

  private static let planLineCount = 12

  /// How far the last command came.
  private var wanted: String? {
    guard let kind, let wantedFits, let doneFits, let isComplete else { return nil }
    let what = "\(kind)\(hasPlanFile ? " of a plan file" : ""): "
    guard !isComplete else { return what + "all of \(Numbers.grouped(doneFits)) fits are there" }
    let share = Double(doneFits) / Double(max(wantedFits, 1))
    let ending =
      isRunning
      ? "running" + (fitsPerSecond.map { ", \(Numbers.grouped(Int($0))) a second" } ?? "")
        + (secondsLeft.map { ", \(Numbers.grouped(Int($0.rounded(.up)))) s left" } ?? "")
      : "not running; the command that began it goes on"
    return what
      + "\(Numbers.percent(share, 1)) % of \(Numbers.grouped(wantedFits)) fits; \(ending)"
  }
}
