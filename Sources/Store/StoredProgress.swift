import Foundation
import GRDB

/// How far the last writer of a store came.
public struct StoredProgress: Sendable, Equatable {
  /// Fits a second over its last seconds.
  public let fitsPerSecond: Double

  /// The half-width of the widest interval, where a rule looks at it.
  public let widest: Double?

  /// The number of blocks that the answer is over, once all that was wanted is there.
  public let blockCount: Int?

  /// Whether all that was wanted is there.
  public var isDone: Bool { blockCount != nil }

  /// When it was written: UTC, as ISO 8601 has it.
  public let writtenAt: String

  /// How far a writer is, now unless a time is given.
  init(
    fitsPerSecond: Double, widest: Double?, blockCount: Int? = nil,
    writtenAt: String = Date().ISO8601Format()
  ) {
    (self.fitsPerSecond, self.widest) = (fitsPerSecond, widest)
    (self.blockCount, self.writtenAt) = (blockCount, writtenAt)
  }

  /// Reads the one row; nil where there is none.
  static func read(from database: Database) throws -> StoredProgress? {
    guard var fields = try database.onlyRow(of: "progress") else { return nil }
    return StoredProgress(
      fitsPerSecond: try fields.number(), widest: try fields.value(),
      blockCount: try fields.value(), writtenAt: try fields.value())
  }

  /// Writes the row in place of the one before.
  func replace(in database: Database) throws {
    let finite = widest.flatMap { $0.isFinite ? $0 : nil }
    try database.replaceAll(
      of: "progress", by: [fitsPerSecond, finite, blockCount, writtenAt])
  }
}
