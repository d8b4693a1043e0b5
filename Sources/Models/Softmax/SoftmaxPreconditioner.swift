import LinAlg

/// A matrix near the Hessian of softmax regression: one block for each of K mixtures of classes.
///
///     M = (U ⊗ 1) · diag(B₁ … B_K) · (Uᵀ ⊗ 1),   B_m = Σᵢ u_mᵀPᵢu_m · x̃ᵢx̃ᵢᵀ + 1,   Pᵢ = Cwᵢ(diag pᵢ − pᵢpᵢᵀ)
///
/// with the eigenvectors u_m of Σᵢ Pᵢ as columns of U. Two classes that rows are mistaken for each other hold much
/// curvature in their difference and next to none in their sum; blocks of single classes, U = 1, see the same in
/// both, and conjugate gradients take several times as many turns.
struct SoftmaxPreconditioner: Preconditioner {
  /// U.
  private let mixtures: Matrix<Double>
  private let blocks: [FloatCholeskyFactor]

  /// Factors the blocks; nil where one is not positive definite in floating point.
  ///
  /// - Parameters:
  ///   - free: The classes that have parameters, the last of all.
  ///   - inputs: Parameters of a class, d + 1.
  /// - Complexity: K·n·d²/2 multiply-adds in single precision.
  init?(
    _ curvature: SoftmaxObjective.Curvature, classes: Int, free: Int, inputs: Int, threads: Int
  ) {
    let mixtures = Self.mixtures(curvature, classes: classes, free: free)
    let factors = Parallel.map(free, threads: threads) { mixture -> FloatCholeskyFactor? in
      let u = (0..<free).map { Float(mixtures[$0, mixture]) }
      var sum = Matrix<Float>(rows: inputs, columns: inputs)
      for part in curvature.blocks {
        var scaled = part.rows.design
        scaled.withMutableElements { x in
          for row in 0..<part.rows.design.rows {
            var (squares, mean, weighted) = (Float(0), Float(0), Float(0))
            for a in 0..<free {
              let weights = part.weights(row, classes - free + a)
              squares += weights.weighted * u[a] * u[a]
              weighted += weights.weighted * u[a]
              mean += weights.probability * u[a]
            }
            let root = max(squares - weighted * mean, 0).squareRoot()
            for j in row * inputs..<(row + 1) * inputs { x[j] *= root }
          }
        }
        BLAS.syrk(scaled, beta: 1, into: &sum)
      }
      var block = Matrix(
        rows: inputs, columns: inputs, elements: sum.elements.map { Double($0) })
      for j in 0..<inputs where j < inputs - 1 || free > 1 { block[j, j] += 1 }
      return try? FloatCholeskyFactor(block)
    }
    guard factors.allSatisfy({ $0 != nil }) else { return nil }
    (self.mixtures, blocks) = (mixtures, factors.compactMap { $0 })
  }

  /// The eigenvectors of Σᵢ Pᵢ over the free classes.
  private static func mixtures(
    _ curvature: SoftmaxObjective.Curvature, classes: Int, free: Int
  ) -> Matrix<Double> {
    var sum = Matrix<Double>(rows: free, columns: free)
    for part in curvature.blocks {
      for row in 0..<part.rows.design.rows {
        let weights = (classes - free..<classes).map { part.weights(row, $0) }
        for a in 0..<free {
          let weighted = Double(weights[a].weighted)
          sum[a, a] += weighted
          for b in 0..<free { sum[a, b] -= weighted * Double(weights[b].probability) }
        }
      }
    }
    if let vectors = try? SymmetricEigen(sum).vectors { return vectors }
    var identity = Matrix<Double>(rows: free, columns: free)
    for a in 0..<free { identity[a, a] = 1 }
    return identity
  }

  func solution(_ r: [Double], threads: Int) -> [Double] {
    let (count, size) = (blocks.count, r.count / max(blocks.count, 1))
    var mixed = Matrix<Double>(rows: count, columns: size)
    let given = Matrix(rows: count, columns: size, elements: r)
    BLAS.gemm(mixtures, transposeA: true, given, into: &mixed)
    let solved = Parallel.map(count, threads: threads) { [mixed] index in
      var part = mixed.elements[index * size..<(index + 1) * size].map { Float($0) }
      blocks[index].solve(&part)
      return part.map { Double($0) }
    }
    var result = Matrix<Double>(rows: count, columns: size)
    BLAS.gemm(
      mixtures, Matrix(rows: count, columns: size, elements: solved.flatMap { $0 }), into: &result)
    return result.elements
  }
}
