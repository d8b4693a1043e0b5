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
    (self.count, self.untilHalfWidth, self.maximum) = (count, untilHalfWidth, maximum)
  }

  /// The wish with what another one asks for in place of it.
  public func replaced(by other: SeedWish) -> SeedWish {
    SeedWish(
      count: other.count ?? count, untilHalfWidth: other.untilHalfWidth ?? untilHalfWidth,
      maximum: other.maximum ?? maximum.map { max($0, other.count ?? 0) })
  }

  /// The extent asked for, `standard` seeds where nothing is.
  ///
  /// - Throws: `SweepExtentError` for numbers out of range or that do not go together.
  func extent(
    standard: Int = 1_000, firstSeed: UInt32
  ) throws(SweepExtentError) -> SweepExtent {
    let room = Int(UInt32.max) - Int(firstSeed) + 1
    let wanted = count ?? (untilHalfWidth == nil ? standard : nil)
    for (key, count) in [(PlanKey.seeds, wanted), (.maxSeeds, maximum)] {
      guard let count, !(1...room).contains(count) else { continue }
      throw SweepExtentError(
        key: key, value: "\(count)", accepted: "from seed \(firstSeed) on: 1 to \(room)")
    }
    guard let untilHalfWidth else {
      if let maximum {
        throw SweepExtentError(
          key: .maxSeeds, value: "\(maximum)",
          accepted: "beside a half-width to stop at (until_ci) only")
      }
      return .seeds(count ?? standard)
    }
    guard untilHalfWidth > 0, untilHalfWidth < 1 else {
      throw SweepExtentError(
        key: .untilCI, value: "\(untilHalfWidth)",
        accepted: "a half-width between 0 and 1, such as 0.001 for 0.1 points")
    }
    let most = maximum ?? max(min(1_000_000, room), count ?? 1)
    if let count, count > most {
      throw SweepExtentError(
        key: .maxSeeds, value: "\(most)", accepted: "\(count), the number of seeds, or more")
    }
    return .until(
      StoppingRule(
        halfWidth: untilHalfWidth, minimumSeedCount: count ?? 1, maximumSeedCount: most))
  }
}
