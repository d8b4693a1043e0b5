/// How many seeds are asked for, before it is known whether that can be.
public struct SeedWish: Sendable, Equatable {
  /// The number of seeds; with a half-width the least.
  public var count: Int?

  /// The half-width to stop at.
  public var untilHalfWidth: Double?

  /// Where the half-width ends in any case.
  public var maximum: Int?

  /// Nothing is asked for.
  public init(count: Int? = nil, untilHalfWidth: Double? = nil, maximum: Int? = nil) {
    self.count = count
    self.untilHalfWidth = untilHalfWidth
    self.maximum = maximum
  }

  /// The wish with what another one asks for in place of it.
  public func replaced(by other: SeedWish) -> SeedWish {
    SeedWish(
      count: other.count ?? count, untilHalfWidth: other.untilHalfWidth ?? untilHalfWidth,
      maximum: other.maximum ?? maximum.map { max($0, other.count ?? 0) })
  }

  /// The extent asked for, `standard` seeds where nothing is.
  ///
  /// - Throws: `SweepsError.extent`.
  func extent(standard: Int, firstSeed: UInt32) throws(SweepsError) -> SweepExtent {
    do {
      return try SweepExtent(
        seeds: count, untilHalfWidth: untilHalfWidth, maximum: maximum, firstSeed: firstSeed,
        standard: standard)
    } catch {
      throw .extent(error)
    }
  }
}
