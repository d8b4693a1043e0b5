/// How a fit ended.
public struct FitReport: Sendable, Equatable, Encodable {
  /// Why the solver stopped.
  public enum Outcome: String, Sendable, CaseIterable, Encodable {
    /// The optimality measure met its tolerance, or could not be improved in double precision.
    case converged
    /// The iterations ran out, or no step led down; the model is the best point found.
    case iterationLimit = "iteration-limit"
    /// The objective left the range of doubles: the features are too large to be used unscaled.
    case overflow
    /// Fewer than two classes had a row: the model predicts one class always.
    case constant
  }

  /// Why the solver stopped.
  public let outcome: Outcome

  /// Iterations of the solver, summed over pairs of classes for a support vector machine.
  public let iterations: Int

  /// The objective as the model states it, at the point returned; 0 for nearest neighbours.
  public let objective: Double

  /// What bounds the distance to the optimum: ‖gradient‖∞, or the duality gap summed over pairs.
  public let residual: Double

  /// Whether the model is usable without reserve.
  public var hasConverged: Bool { outcome == .converged || outcome == .constant }

  /// Puts a report together; numbers that are not finite make the outcome `overflow`.
  public init(outcome: Outcome, iterations: Int, objective: Double, residual: Double) {
    self.outcome = objective.isFinite && residual.isFinite ? outcome : .overflow
    (self.iterations, self.objective, self.residual) = (iterations, objective, residual)
  }

  /// The report of a model that always predicts one class.
  static let constant = FitReport(outcome: .constant, iterations: 0, objective: 0, residual: 0)

  /// The report of a model with nothing to optimise.
  static let exact = FitReport(outcome: .converged, iterations: 0, objective: 0, residual: 0)
}
