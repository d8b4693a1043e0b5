package import LinAlg

/// Newton's method for four softmax regressions at a time, one in each SIMD lane.
///
/// The minimum of `SoftmaxRegression`, in the coordinates φ_c = θ_c − θ₀ of the classes c ≥ 1:
///
///     f(φ) = C·Σ wᵢ CE(xᵢ, yᵢ) + ½(Σ_c ‖φ_c‖² − ρ‖Σ_c φ_c‖²),   ρ = 1/K, or 0 for two classes
///
/// which is ½‖W‖² of the W with Σ_c W_c = 0. Newton's method takes the same steps in either
/// coordinates; these have (K − 1)(d + 1) parameters instead of K(d + 1).
///
/// Every pass evaluates all lanes at a point each. A lane whose step went too far along its
/// direction s (the slope s·∇f there is more than half as steep upwards as it was downwards) steps
/// back by the secant of the slopes; the others solve for their next step. A lane is done at
/// ‖∇f‖∞ ≤ `tol` in all K classes, or at the rounding error of the gradient. What a lane computes
/// does not depend on the other lanes. Lanes that miss a class or do not get there in
/// `passLimit` passes are left to the single-problem engine.
///
/// Complexity: n·K²·d²/2 multiplications a pass and lane; memory n·(d + K²/2) numbers a lane.
package struct SoftmaxLanes: Sendable {
  /// Logits beyond it are refused: there exponentials come near the ends of their range.
  private static let largestLogit = 600.0

  /// Passes after which a lane is given up.
  private static let passLimit = 60

  let learner: SoftmaxRegression
  let shape: SeedBatch.Shape

  let free: Int
  let inputs: Int

  var rows: LaneRows
  var curvature: LaneCurvature
  var point: [Quad]
  var trial: [Quad]
  var step: [Quad]
  var gradient: [Quad]
  var validation: LaneValidation

  /// What became of each lane.
  private(set) var isDone = LaneMask(repeating: false)
  private var iterations = SIMD4<Int64>(repeating: 0)

  /// Prepares for problems of a shape.
  package init(_ learner: SoftmaxRegression, _ shape: SeedBatch.Shape) {
    (self.learner, self.shape) = (learner, shape)
    (free, inputs) = (max(shape.classCount - 1, 0), shape.featureCount + 1)
    let zeros = [Quad](repeating: Quad(repeating: 0), count: free * inputs)
    (point, trial, step, gradient) = (zeros, zeros, zeros, zeros)
    rows = LaneRows(shape, free: free)
    curvature = LaneCurvature(free: free, inputs: inputs)
    validation = LaneValidation(shape, free: free)
  }

  /// Bytes of the rows of a batch and what is kept of each.
  static func byteCount(_ shape: SeedBatch.Shape) -> Int {
    let free = max(shape.classCount - 1, 0)
    let numbers = shape.featureCount + 3 + 2 * free + free * (free + 1) / 2
    let parameters = free * (shape.featureCount + 1)
    return (shape.sampleCount * numbers + parameters * parameters) * MemoryLayout<Quad>.stride
  }

  /// Multiply-adds that a fit of so many iterations needs, not counting what vectors are filled with.
  ///
  /// A pass: logits and gradient (K − 1)·n·d each and 16 for an exponential; an iteration, too:
  /// d(d + 3)/2 + 1 for each of the K(K − 1)/2 pairs of free classes and row, and P³/6 + P² to solve.
  package static func multiplyAdds(_ shape: SeedBatch.Shape, iterations: Double) -> Double {
    let (n, d) = (Double(shape.sampleCount), Double(shape.featureCount))
    let free = Double(max(shape.classCount - 1, 0))
    let p = free * (d + 1)
    let pass = n * free * (2 * d + 16)
    let curvature = n * free * (free + 1) / 2 * (d * (d + 3) / 2 + 1)
    return (iterations + 1) * pass + iterations * (curvature + p * p * p / 6 + p * p)
  }

  /// Fits the first `count` lanes of a batch and judges them on their validation rows.
  ///
  /// `start` is a guess of Θ, K × (d + 1), from which all lanes start; without one it is zero.
  package mutating func fit(
    _ batch: SeedBatch, count: Int, start: Matrix<Double>?, into fits: inout [BatchFit]
  ) {
    load(batch)
    begin(start)
    minimize()
    validation.evaluate(point, batch.validationColumns)
    for lane in 0..<count {
      if isDone[lane] {
        validation.read(lane, into: &fits[lane])
        fits[lane].outcome = .converged
        fits[lane].iterations = Int(iterations[lane])
      } else {
        fits[lane].take(learner.fitSoftmax(batch.problem(lane)), batch, lane)
      }
    }
  }

  /// Θ of a lane, K × (d + 1); nil where the lane was given up.
  package func coefficients(_ lane: Int) -> Matrix<Double>? {
    guard isDone[lane] else { return nil }
    var theta = Matrix<Double>(rows: free + 1, columns: inputs)
    for j in 0..<inputs {
      let sum = (0..<free).reduce(0.0) { $0 + point[$1 * inputs + j][lane] }
      let centre = free == 1 ? 0 : sum / Double(free + 1)
      theta[0, j] = -centre
      for c in 0..<free { theta[c + 1, j] = point[c * inputs + j][lane] - centre }
    }
    return theta
  }

  mutating func load(_ batch: SeedBatch) {
    rows.load(batch, c: learner.c)
    validation.load(batch)
  }

  private mutating func begin(_ start: Matrix<Double>?) {
    for index in point.indices {
      let (c, j) = (index / inputs + 1, index % inputs)
      point[index] = Quad(repeating: start.map { $0[c, j] - $0[0, j] } ?? 0)
      trial[index] = point[index]
      step[index] = Quad(repeating: 0)
    }
  }

  /// Brings all lanes from `point` to their minima; `trial` must equal it and `step` be zero.
  mutating func minimize() {
    isDone = LaneMask(repeating: false)
    iterations = SIMD4(repeating: 0)
    var hasFailed = rows.missesClass
    var length = Quad(repeating: 1)
    var slope = Quad(repeating: 0)
    for pass in 0..<Self.passLimit {
      let largest = rows.evaluate(trial, &gradient)
      let (norm, isFinite) = penalize()
      let inRange = isFinite .& (largest .<= Quad(repeating: Self.largestLogit))
      let newSlope = dot(gradient, step)
      let isDownhill = newSlope .<= Quad(repeating: -0.5) * slope
      let isTaken = inRange .& (isDownhill .| LaneMask(repeating: pass == 0)) .& .!isDone
      let arrives = isTaken .& .!hasFailed .& (norm .<= rows.gradientGoal(learner.tolerance))
      for index in point.indices { point[index].replace(with: trial[index], where: isTaken) }
      isDone = isDone .| arrives
      if all(isDone .| hasFailed) { return }

      let moves = isTaken .& .!isDone .& .!hasFailed
      if any(moves) {
        rows.addCurvature(to: &curvature)
        let isDefinite = curvature.factor()
        hasFailed = hasFailed .| (moves .& .!isDefinite)
        curvature.solve(gradient, into: &trial)
        for index in step.indices { step[index].replace(with: -trial[index], where: moves) }
        slope.replace(with: dot(gradient, step), where: moves)
        iterations.replace(with: iterations &+ 1, where: moves)
      }
      // The secant of the slopes at both ends, kept away from them.
      let secant = slope / (slope - newSlope)
      var shorter = secant.replacing(with: 0.5, where: .!(secant .<= 0.5))
      shorter.replace(with: 0.1, where: .!inRange .| (shorter .< 0.1))
      length = (length * shorter).replacing(with: 1, where: isTaken)
      for index in step.indices {
        step[index].replace(with: 0, where: isDone .| hasFailed)
        trial[index] = point[index].addingProduct(length, step[index])
      }
    }
  }

  /// Adds the gradient of the penalty and returns ‖∇f‖∞ over all K classes, and where it is finite.
  private mutating func penalize() -> (norm: Quad, isFinite: LaneMask) {
    let rho = free == 1 ? 0 : 1 / Double(free + 1)
    // Stays 0 unless a component is infinite or NaN, which comparisons would miss.
    var witness = Quad(repeating: 0)
    var norm = Quad(repeating: 0)
    for j in 0..<inputs {
      var sum = Quad(repeating: 0)
      for c in 0..<free { sum += trial[c * inputs + j] }
      let centre = rho * sum
      var total = Quad(repeating: 0)
      for c in 0..<free {
        var g = gradient[c * inputs + j]
        if j < inputs - 1 {
          g += trial[c * inputs + j] - centre
          gradient[c * inputs + j] = g
        }
        total += g
        witness += 0 * g
        norm = larger(norm, magnitude(g))
      }
      // The components of class 0 are what makes each column sum to zero.
      if free > 1 { norm = larger(norm, magnitude(total)) }
    }
    return (norm, witness .== 0)
  }

  private func dot(_ a: [Quad], _ b: [Quad]) -> Quad {
    var sum = Quad(repeating: 0)
    for index in a.indices { sum = sum.addingProduct(a[index], b[index]) }
    return sum
  }

  // MARK: - Flips

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

/// One truth value a lane.
typealias LaneMask = SIMDMask<SIMD4<Int64>>

@inline(__always)
func magnitude(_ x: Lanes.Quad) -> Lanes.Quad {
  x.replacing(with: -x, where: x .< 0)
}

@inline(__always)
func larger(_ a: Lanes.Quad, _ b: Lanes.Quad) -> Lanes.Quad {
  a.replacing(with: b, where: a .< b)
}
