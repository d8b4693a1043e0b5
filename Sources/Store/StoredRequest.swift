import GRDB
public import Sweeps

/// A request as a store has it.
public struct StoredRequest: Sendable, Equatable {
  /// What was wanted.
  public let request: StudyRequest

  /// The cells that were wanted, by their places in the store.
  public let cells: [Int]

  /// Number of fits that were wanted; the most where a rule ends the run.
  public let fitCount: Int

  /// Number of fits at which the run may be expected to end: widths shrink with the root of the seeds.
  public func expectedFitCount(_ progress: StoredProgress?, done: Int) -> Int {
    guard let rule = request.extent.rule, let widest = progress?.widest, done > 0 else {
      return fitCount
    }
    let ratio = widest / rule.halfWidth
    return min(fitCount, Int(min(Double(done) * max(1, ratio * ratio), 1e15)))
  }

  /// Reads the one row; nil where there is none.
  static func read(from database: Database) throws -> StoredRequest? {
    guard var fields = try database.onlyRow(of: "request") else { return nil }
    guard let kind = StudyRequest.Kind(rawValue: try fields.value()) else {
      throw FieldReader.Mismatch(column: "request.kind")
    }
    let seeds: Int = try fields.value()
    let (halfWidth, most): (Double?, Int?) = (try fields.value(), try fields.value())
    var extent = SweepExtent.seeds(seeds)
    let isInOrder = halfWidth.map { $0 > 0 && most ?? seeds >= seeds }
    guard seeds >= 1, isInOrder ?? true else {
      throw FieldReader.Mismatch(column: "request.seeds")
    }
    if let halfWidth {
      extent = .until(
        StoppingRule(
          halfWidth: halfWidth, minimumSeedCount: seeds, maximumSeedCount: most ?? seeds))
    }
    let cells = try fields.json([Int].self)
    let fitCount: Int = try fields.value()
    let leftOut = try fields.json([String].self)
    return StoredRequest(
      request: StudyRequest(kind, extent, leftOut: leftOut, planText: try fields.value()),
      cells: cells, fitCount: fitCount)
  }

  /// Writes the row in place of the one before.
  func replace(in database: Database) throws {
    let rule = request.extent.rule
    let seeds = rule?.minimumSeedCount ?? request.extent.maximumSeedCount
    try database.replaceAll(
      of: "request",
      by: [
        request.kind.rawValue, seeds, rule?.halfWidth, rule?.maximumSeedCount,
        try Database.json(cells), fitCount, try Database.json(request.leftOut), request.planText,
      ])
  }
}
