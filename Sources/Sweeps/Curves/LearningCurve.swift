/// A curve of a family through the mean accuracies of a path of sizes, and what it foresees.
///
/// The family is the one that foresees the two largest sizes best. It is fitted anew on resamples of the seeds,
/// and chosen anew for what lies beyond the sizes that were measured: that is a guess, and named so.
public struct LearningCurve: Sendable {
  /// The curve through the means of all seeds.
  public let fit: CurveFit

  /// The root of the mean weighted square at the two largest sizes when they were held out; 1 where the
  /// family is right and sizes are independent.
  public let heldOutError: Double

  /// The parameters of the family, in the order of their letters, if it is the right one.
  public let parameters: [Estimate]

  /// The accuracy that is approached as sets grow; its interval chooses the family anew on each resample.
  public let asymptote: Estimate

  private let choice: CurveChoice

  /// The largest size it was fitted to.
  public let largestSize: Int

  private let path: [(size: Int, cell: Int)]
  private let errors: [Double]

  /// Number of resamples: each is a fit.
  private static let resamples = 200

  /// Fits a path of at least six sizes; nil for a shorter one, or where the fits of resamples fail.
  public init?(_ path: [(size: Int, cell: Int)], of surface: AccuracySurface) {
    guard path.count >= 6, path[0].size > 1, let last = path.last else { return nil }
    let errors = path.map { max(surface.standardErrors[$0.cell], 1e-6) }
    let points = { @Sendable (means: [Double]) in Self.points(path, errors, means) }
    let choice = CurveChoice(points(surface.means))
    let fit = choice.fit
    let estimates = surface.estimates(limit: Self.resamples) { means in
      let points = points(means)
      return [choice.refitted(to: points).asymptote] + CurveFit(fit, refittedTo: points).parameters
    }.compactMap { $0 }
    guard estimates.count == fit.parameters.count + 1 else { return nil }
    asymptote = estimates[0]
    parameters = Array(estimates.dropFirst())
    self.fit = fit
    heldOutError = choice.heldOutErrors.first { $0.family == fit.family }?.error ?? .nan
    self.choice = choice
    largestSize = last.size
    (self.path, self.errors) = (path, errors)
  }

  /// The rows at which the curve reaches an accuracy that depends on means, at most `limit` times the largest
  /// size; an extrapolation where it is beyond that size.
  func rows(
    reaching target: @Sendable ([Double]) -> Double, limit: Double, of surface: AccuracySurface
  ) -> Estimate? {
    let (choice, path, errors) = (choice, path, errors)
    let (least, most) = (Double(path[0].size), limit * Double(largestSize))
    return surface.estimates(limit: Self.resamples) { means in
      let curve = choice.refitted(to: Self.points(path, errors, means))
      return [curve.rows(reaching: target(means), from: least, to: most)]
    }[0]
  }

  private static func points(
    _ path: [(size: Int, cell: Int)], _ errors: [Double], _ means: [Double]
  ) -> [CurvePoint] {
    zip(path, errors).map {
      CurvePoint(rows: Double($0.size), accuracy: means[$0.cell], standardError: $1)
    }
  }
}

extension AccuracySurface {
  /// The curve of a model over sizes without poison.
  public func learningCurve(model: String) -> LearningCurve? {
    LearningCurve(cleanCells(model: model), of: self)
  }

  /// What a curve foresees where no size that was measured reaches the accuracy without poison: R by the
  /// family that foresees best, at most ten times the largest size; nil where R was measured.
  public func foresight(_ answer: PoisonAnswer) -> (curve: LearningCurve, factor: Estimate)? {
    guard let factor = answer.factor(), factor.value == .infinity,
      let clean = cleanCell(base, model: answer.model)
    else { return nil }
    let path = recoveryCells(
      answer.attack, answer.level, defense: answer.defense, model: answer.model)
    let base = Double(base)
    guard let curve = LearningCurve(path.map { (self.base + $0.added, $0.cell) }, of: self),
      let rows = curve.rows(reaching: { $0[clean] }, limit: 10, of: self)
    else { return nil }
    return rows.scaled(by: 1 / base, less: 1).map { (curve, $0) }
  }
}
