public import Datasets
import Documents
import Poisoning

/// Which rows a study of curves trains on, as it was asked for.
public struct CurveDesign: Sendable {
  /// Where rows come from; nil for the rows of the data.
  public var generator: GeneratorChoice?

  /// The number of rows that the answers are about; nil for the standard.
  public var rows: Int?

  /// The clean rows that are added, as shares of `rows`; nil for the standard.
  public var addedShares: [Double]?

  /// Validation rows that a generator draws for each seed.
  public var validationRows = 200

  /// Rows of the data, in standard numbers.
  public init() {}

  /// The largest share of rows that can be added.
  public static let largestShare = 1_000.0

  /// The base where nothing else is asked for and a generator draws the rows.
  private static let standardRows = 105

  func source(_ plan: StudyPlan, _ data: StudyData) throws(SweepsError) -> RowSource {
    guard let generator else { return .growing }
    return .generator(
      generator, pool: try self.plan(plan, data).poolCount, validation: validationRows)
  }

  /// The sizes for some data.
  ///
  /// - Throws: `SweepsError.dataset`, `.noPoisonLevel`, `.baseOutOfRange`, `.noRowsToAdd`.
  func plan(_ plan: StudyPlan, _ data: StudyData) throws(SweepsError) -> CurvePlan {
    let levels = plan.levels.filter { $0 > .clean }
    guard !levels.isEmpty else { throw .noPoisonLevel }
    // Rows that a split leaves to train on; a generator has as many as are asked for.
    var available = Int.max
    if generator == nil {
      available = try converting(
        try data.splitter(
          validationShare: plan.validationShare, trustedShare: plan.trustedShare),
        to: SweepsError.dataset
      ).split.train.count
    }
    let base = rows ?? (generator == nil ? available / 2 : Self.standardRows)
    guard base >= 2, base <= available else {
      throw .baseOutOfRange(base, available: generator == nil ? available : nil)
    }
    var curve = CurvePlan(
      base: base, available: available, shares: addedShares ?? CurvePlan.addedShares,
      levels: levels)
    // The last rows there are, unless a size is near them.
    let room = available - base
    if generator == nil, addedShares == nil, let last = curve.added.max(), last < room - base / 20 {
      curve.added.append(room)
    }
    guard curve.added.contains(where: { $0 > 0 }) else {
      throw .noRowsToAdd(base: base, available: available)
    }
    return curve
  }
}
