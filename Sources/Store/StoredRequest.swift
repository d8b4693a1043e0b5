import Foundation
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
    guard try database.tableExists("request"),
      let row = try Row.fetchOne(database, sql: "SELECT * FROM request")
    else { return nil }
    var fields = FieldReader(row)
    guard let kind = StudyRequest.Kind(rawValue: try fields.text()) else {
      throw FieldReader.Mismatch(column: "request.kind")
    }
    let (seeds, halfWidth) = (try fields.integer(), try fields.number())
    let most = try fields.optionalInteger() ?? seeds
    let isRule = !halfWidth.isNaN
    guard seeds >= 1, !isRule || halfWidth > 0 && most >= seeds else {
      throw FieldReader.Mismatch(column: "request.seeds")
    }
    let extent: SweepExtent =
      isRule
      ? .until(
        StoppingRule(halfWidth: halfWidth, minimumSeedCount: seeds, maximumSeedCount: most))
      : .seeds(seeds)
    let cells = try fields.json([Int].self)
    let fitCount = try fields.integer()
    let leftOut = try fields.json([String].self)
    let planText = try fields.optionalText()
    return StoredRequest(
      request: StudyRequest(kind, extent, leftOut: leftOut, planText: planText), cells: cells,
      fitCount: fitCount)
  }

  /// Writes the row in place of the one before.
  func replace(in database: Database) throws {
    let json = { (value: any Encodable) throws in
      String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
    let rule: StoppingRule? = if case .until(let rule) = request.extent { rule } else { nil }
    let seeds = rule?.minimumSeedCount ?? request.extent.maximumSeedCount
    try database.execute(sql: "DELETE FROM request")
    try database.execute(
      sql: "INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        request.kind.rawValue, seeds, rule?.halfWidth, rule?.maximumSeedCount, try json(cells),
        fitCount, try json(request.leftOut), request.planText,
      ])
  }
}
