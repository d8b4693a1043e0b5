import Foundation
import Models
import Poisoning
public import Store
package import Sweeps

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
  private let conditions: [String]
  private let models: [String]

  /// Reads the store at a path.
  ///
  /// - Throws: `StoreError`.
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
    hasPlanFile = request?.request.planText != nil
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
    var (conditions, models): ([String], [String]) = ([], [])
    for cell in store.cells {
      let condition =
        (cell.level == .clean ? "\(cell.level)" : "\(cell.attackName) at \(cell.level)")
        + (cell.defenseName == "none" ? "" : " with \(cell.defenseName)")
      if !conditions.contains(condition) { conditions.append(condition) }
      if !models.contains(cell.modelName) { models.append(cell.modelName) }
    }
    (self.conditions, self.models) = (conditions, models)
  }

  /// All lines, ready to print.
  public var lines: [String] {
    [
      "plan        \(plan)",
      "data        \(dataset): \(Numbers.grouped(trainingRows)) rows train, "
        + "\(Numbers.grouped(validationRows)) validate",
      "conditions  \(conditions.joined(separator: ", "))",
      "models      \(models.joined(separator: "; "))",
      "seeds       \(Numbers.grouped(seeds)) from \(firstSeed) on, in "
        + "\(Numbers.grouped(blocks)) blocks",
      "fits        \(Numbers.grouped(fits)) in \(Numbers.grouped(cells)) cells",
    ] + wanted + [
      "file        \(Numbers.grouped(bytes)) bytes"
        + (lastWritten.map { ", last written \($0)" } ?? ""),
      "made        \(created) by \(program)",
    ]
  }

  /// How far the last command came.
  private var wanted: [String] {
    guard let kind, let wantedFits, let doneFits, let isComplete else { return [] }
    let what = "wanted      \(kind)\(hasPlanFile ? " of a plan file" : ""): "
    guard !isComplete else {
      return [what + "all of \(Numbers.grouped(doneFits)) fits are there"]
    }
    let share = Double(doneFits) / Double(max(wantedFits, 1))
    let ending =
      isRunning
      ? "running" + (fitsPerSecond.map { ", \(Numbers.grouped(Int($0))) a second" } ?? "")
        + (secondsLeft.map { ", \(Numbers.grouped(Int($0.rounded(.up)))) s left" } ?? "")
      : "not running; the command that began it goes on"
    return [
      what + "\(Numbers.percent(share, 1)) % of \(Numbers.grouped(wantedFits)) fits; \(ending)"
    ]
  }
}
