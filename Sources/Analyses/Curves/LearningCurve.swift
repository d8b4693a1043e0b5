import Statistics

/// A curve of a family through the mean accuracies of a path of sizes, and what it foresees.
///
/// The family is the one that foresees the two largest sizes best. What lies beyond the sizes that were measured
/// is a guess, and named so: its interval spans those of all families that are not surely worse there, since
/// they agree on what was measured and not on what was not.
public struct LearningCurve: Sendable {
  /// The curve through the means of all seeds.
  public let fit: CurveFit

  /// The root of the mean weighted square at the two largest sizes when they were held out; 1 where the
  /// family is right and sizes are independent.
  public let heldOutError: Double

  /// The parameters of the family, in the order of their letters, if it is the right one.
  public let parameters: [Estimate]

  /// The accuracy that is approached as sets grow; nil where the sizes do not tell.
  public let asymptote: Estimate?

  /// The families that foresee the largest sizes as well, as far as resamples tell, the chosen one first.
  public var rivals: [CurveFamily] { rivalNumbers.map { choice.heldOutErrors[$0].family } }

  private let choice: CurveChoice
  private let rivalNumbers: [Int]
  private let path: [(size: Int, cell: Int)]
  private let largestSize: Int

  /// Number of resamples: each is a fit.
  private static let resamples = 200

  /// Fits a path of at least six sizes; nil for a shorter one, or where the fits of resamples fail.
  public init?(_ path: [(size: Int, cell: Int)], of surface: AccuracySurface) {
    guard path.count >= 6, path[0].size > 1, let last = path.last else { return nil }
    let points = { @Sendable (means: [Double]) in surface.points(path, means) }
    let choice = CurveChoice(points(surface.means))
    let fit = choice.fit
    let rivals = Self.rivals(choice, points, surface)
    let estimates = surface.estimates(limit: Self.resamples) { means in
      let points = points(means)
      return rivals.map { choice.curve($0, through: points).asymptote }
        + CurveFit(fit, refittedTo: points).parameters
    }.compactMap { $0 }
    guard estimates.count == rivals.count + fit.parameters.count,
      let asymptote = Estimate(spanning: Array(estimates.prefix(rivals.count)))
    else { return nil }
    let isTold = fit.tellsAsymptote(
      highest: asymptote.interval.upper, from: Double(path[0].size), to: Double(last.size))
    self.asymptote = isTold ? asymptote : nil
    parameters = Array(estimates.dropFirst(rivals.count))
    self.fit = fit
    heldOutError = choice.heldOutErrors[choice.best].error
    (self.choice, rivalNumbers) = (choice, rivals)
    (self.path, largestSize) = (path, last.size)
  }

  /// The chosen family and those whose held-out error is not above its own in 97.5 % of resamples.
  private static func rivals(
    _ choice: CurveChoice, _ points: @Sendable ([Double]) -> [CurvePoint],
    _ surface: AccuracySurface
  ) -> [Int] {
    let behind = surface.estimates(limit: resamples) { means in
      let errors = choice.errors(on: points(means))
      return errors.map { $0 - errors[choice.best] }
    }
    let others = behind.indices.filter { family in
      family != choice.best && behind[family].map { $0.interval.lower <= 0 } ?? false
    }
    return [choice.best] + others
  }

  /// The rows, as a multiple of `base` less 1, at which the curve reaches an accuracy that depends on means; an
  /// extrapolation beyond the largest size, ∞ beyond `limit` times it.
  func factor(
    reaching target: @Sendable ([Double]) -> Double, base: Int, limit: Double,
    of surface: AccuracySurface
  ) -> Estimate? {
    let (choice, rivals, path) = (choice, rivalNumbers, path)
    let (least, most) = (Double(path[0].size), limit * Double(largestSize))
    let factors = surface.estimates(limit: Self.resamples) { means in
      let (points, target) = (surface.points(path, means), target(means))
      return rivals.map {
        let rows = choice.curve($0, through: points)
          .rows(reaching: target, from: least, to: most)
        return rows / Double(base) - 1
      }
    }
    return Estimate(spanning: factors.compactMap { $0 })
  }
}

/// What a curve foresees where no size that was measured reaches the accuracy without poison.
public struct Foresight: Sendable {
  /// The answer without a recovery factor.
  public let answer: PoisonAnswer

  /// The curve through the sizes of its recovery.
  public let curve: LearningCurve

  /// R by the curve, ∞ beyond ten times the largest size.
  public let factor: Estimate
}

extension AccuracySurface {
  /// The curve of each model over sizes without poison, where there are sizes enough.
  public var learningCurves: [(model: String, curve: LearningCurve)] {
    models.compactMap { model in
      LearningCurve(cleanCells(model: model), of: self).map { (model, $0) }
    }
  }

  /// What a curve foresees for an answer; nil where R was measured.
  public func foresight(_ answer: PoisonAnswer) -> Foresight? {
    guard let factor = answer.factor(), factor.value == .infinity,
      let clean = cleanCell(base, model: answer.model)
    else { return nil }
    let path = recoveryCells(
      answer.attack, answer.level, defense: answer.defense, model: answer.model)
    guard let curve = LearningCurve(path.map { (base + $0.added, $0.cell) }, of: self) else {
      return nil
    }
    return curve.factor(reaching: { $0[clean] }, base: base, limit: 10, of: self).map {
      Foresight(answer: answer, curve: curve, factor: $0)
    }
  }
}
