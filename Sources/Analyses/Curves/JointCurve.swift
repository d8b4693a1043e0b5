import Poisoning
import Statistics

/// One curve for all sizes and levels of an attack on a model, and what of the loss no size gives back.
///
/// The form is the one that foresees best the largest size at all levels when it is held out. Its parameters are
/// fitted anew on resamples of the seeds, for their intervals.
public struct JointCurve: Sendable {
  /// The attack.
  public let attack: String

  /// The model.
  public let model: String

  /// The curve through the means of all seeds.
  public let fit: CurveFit

  /// The root of the mean weighted square of each form at the held-out points: about 1 where it is right.
  public let heldOutErrors: [(family: CurveFamily, error: Double)]

  /// The parameters, in the order of their letters.
  public let parameters: [Estimate]

  /// What is lost at each level above 0 however many rows there are, if the curve is right; nil where the
  /// sizes do not tell.
  public let lasting: [(level: Double, loss: Estimate?)]

  /// Number of resamples: each is a fit.
  private static let resamples = 200

  /// Fits the sizes that all levels were measured at; nil for fewer than four of them or without seeds enough.
  init?(_ surface: AccuracySurface, attack: String, model: String) {
    let levels = surface.levels
    let paths = levels.map { surface.replaceCells(attack, $0, model: model) }
    let clean = Dictionary(
      surface.cleanCells(model: model).map { ($0.size, $0.cell) }, uniquingKeysWith: { a, _ in a })
    let sizes = paths.reduce(Set(clean.keys)) { $0.intersection($1.map(\.size)) }.sorted()
    guard !levels.isEmpty, sizes.count >= 4, sizes[0] > 1, let largest = sizes.last else {
      return nil
    }
    var cells: [(size: Int, level: Double, cell: Int)] = sizes.compactMap { size in
      clean[size].map { (size, 0, $0) }
    }
    for (level, path) in zip(levels, paths) {
      cells += path.filter { sizes.contains($0.size) }.map { ($0.size, level.share, $0.cell) }
    }
    let points = { @Sendable [cells] (means: [Double]) in
      cells.map { surface.point($0.cell, rows: $0.size, level: $0.level, means) }
    }
    let all = points(surface.means)
    let (near, far) = (
      all.filter { $0.rows < Double(largest) }, all.filter { $0.rows == Double(largest) }
    )
    let shares = levels.map(\.share)
    heldOutErrors = CurveFamily.joint.filter {
      $0.letters(levels: [0] + shares).count < near.count
    }.map { family in
      let fit = CurveFit(family, to: near)
      return (family, far.error { fit.accuracy(rows: $0.rows, level: $0.level) })
    }
    guard let best = heldOutErrors.min(by: { $0.error < $1.error }) else { return nil }
    let fit = CurveFit(best.family, to: all)
    let estimates = surface.estimates(limit: Self.resamples) { means in
      let curve = CurveFit(fit, refittedTo: points(means))
      return curve.parameters + shares.map { curve.lasting(level: $0) }
        + ([0] + shares).map { curve.asymptote(level: $0) }
    }.compactMap { $0 }
    guard estimates.count == fit.parameters.count + 2 * shares.count + 1 else { return nil }
    let isTold = zip([0] + shares, estimates.suffix(shares.count + 1)).map { level, asymptote in
      fit.tellsAsymptote(
        level: level, highest: asymptote.interval.upper, from: Double(sizes[0]),
        to: Double(largest))
    }
    (self.attack, self.model, self.fit) = (attack, model, fit)
    parameters = Array(estimates.prefix(fit.parameters.count))
    lasting = zip(shares, estimates.dropFirst(fit.parameters.count)).enumerated().map {
      ($1.0, fit.family == .dilution || isTold[0] && isTold[$0 + 1] ? $1.1 : nil)
    }
  }

  /// The letters with the parameters that data tell, nil for others.
  ///
  /// Of κ and γ one level tells but (1 − κp)^γ, and so do more where γ is large.
  public var identified: [(letter: String, estimate: Estimate?)] {
    zip(fit.family.letters(levels: fit.levels), parameters).map { letter, estimate in
      let isShape = ["κ", "γ"].contains(letter)
      let isTold =
        estimate.isIdentified
        && (!isShape || fit.levels.count > 2 && estimate.interval.upper <= Self.largestGamma)
      return (letter, isTold ? estimate : nil)
    }
  }

  /// Beyond it (1 − κp)^γ is e^(−κγp), for all that can be seen.
  private static let largestGamma = 100.0

  /// A parameter by its letter, where the form has it and data tell it.
  public func parameter(_ letter: String) -> Estimate? {
    identified.first { $0.letter == letter }?.estimate
  }
}

extension AccuracySurface {
  /// The joint curve of every attack and model that was measured at enough sizes.
  public var jointCurves: [JointCurve] {
    attacks.flatMap { attack in
      models.compactMap { JointCurve(self, attack: attack, model: $0) }
    }
  }
}
