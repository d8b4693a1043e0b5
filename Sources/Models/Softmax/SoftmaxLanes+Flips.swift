import LinAlg

/// Fits to labels that change one row at a time, and what a change would do.
extension SoftmaxLanes {
  /// Fits all lanes from a point, lanes that are not in `isWarm` from zero.
  mutating func refit(from start: [Quad], where isWarm: LaneMask) {
    for index in point.indices {
      point[index] = Quad(repeating: 0).replacing(with: start[index], where: isWarm)
      trial[index] = point[index]
      step[index] = Quad(repeating: 0)
    }
    minimize()
  }

  /// The mean validation log loss of each lane at its point.
  mutating func validationLoss(_ batch: SeedBatch) -> Quad {
    validation.evaluate(point, batch.validationColumns)
    return validation.logLoss
  }

  /// Writes u·x̃ᵢ of each free class and row, u = H⁻¹·∇L_val at the minima.
  ///
  /// Returns the lanes in which H is positive definite.
  mutating func influences(
    at minima: [Quad], _ batch: SeedBatch, into products: inout [Quad]
  ) -> LaneMask {
    _ = rows.evaluate(minima, &gradient)
    rows.addCurvature(to: &curvature)
    let isDefinite = curvature.factor()
    validation.evaluate(minima, batch.validationColumns)
    validation.writeGradient(batch.validationColumns, into: &gradient)
    curvature.solve(gradient, into: &trial)
    rows.products(trial, into: &products)
    return isDefinite
  }
}
