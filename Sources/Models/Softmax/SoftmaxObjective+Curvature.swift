import LinAlg

/// Products with the Hessian of softmax regression, in single precision.
///
///     H·V = Σᵢ Cwᵢ (p_i ∘ u_i − p_i·(p_iᵀu_i)) x̃ᵢᵀ + V_W,   uᵢ = V·x̃ᵢ
///
/// They choose the way only, the gradient in double precision where it ends.
extension SoftmaxObjective: CurvedObjective {
  /// The probabilities of a point, and x̃ in single precision, block by block.
  struct Curvature: Sendable {
    let blocks: [Part]

    struct Part: Sendable {
      let design: Matrix<Float>
      /// C·wᵢ·p_ic.
      let weighted: [Float]
      let probabilities: [Float]
    }
  }

  func curvature(at point: [Double]) -> Curvature {
    let theta = coefficients(point)
    return Curvature(
      blocks: Parallel.map(blocks.count, threads: threads) { index in
        let block = blocks[index]
        var logits = Matrix<Double>(rows: block.design.rows, columns: classCount)
        BLAS.gemm(block.design, theta, transposeB: true, into: &logits)
        let p = softmax(logits, labels: []).probabilities.elements
        let k = classCount
        return Curvature.Part(
          design: Matrix(
            rows: block.design.rows, columns: inputCount,
            elements: block.design.elements.map { Float($0) }),
          weighted: p.indices.map { Float(p[$0] * block.weights[$0 / k]) },
          probabilities: p.map { Float($0) })
      })
  }

  func product(_ curvature: Curvature, with v: [Double]) -> [Double] {
    let k = classCount
    let direction = Matrix(
      rows: k, columns: inputCount, elements: coefficients(v).elements.map { Float($0) })
    let parts = Parallel.map(blocks.count, threads: threads) { index in
      let design = curvature.blocks[index].design
      var u = Matrix<Float>(rows: design.rows, columns: k)
      BLAS.gemm(design, direction, transposeB: true, into: &u)
      let part = curvature.blocks[index]
      u.withMutableElements { u in
        for row in 0..<design.rows {
          var mean: Float = 0
          for place in row * k..<(row + 1) * k { mean += part.probabilities[place] * u[place] }
          for place in row * k..<(row + 1) * k {
            u[place] = part.weighted[place] * (u[place] - mean)
          }
        }
      }
      var result = Matrix<Float>(rows: k, columns: inputCount)
      BLAS.gemm(u, transposeA: true, design, into: &result)
      return result
    }
    var product = Array(sum(parts)[(firstFreeClass * inputCount)...])
    _ = addPenalty(v, &product)
    return product
  }

  func diagonal(_ curvature: Curvature) -> [Double] {
    let k = classCount
    let parts = Parallel.map(blocks.count, threads: threads) { index in
      var squares = curvature.blocks[index].design
      squares.withMutableElements { x in
        for place in x.indices { x[place] *= x[place] }
      }
      let part = curvature.blocks[index]
      let spread = Matrix(
        rows: squares.rows, columns: k,
        elements: part.weighted.indices.map { part.weighted[$0] * (1 - part.probabilities[$0]) })
      var result = Matrix<Float>(rows: k, columns: inputCount)
      BLAS.gemm(spread, transposeA: true, squares, into: &result)
      return result
    }
    var sum = sum(parts)
    let m = inputCount
    for place in sum.indices where place % m != m - 1 || k > 2 { sum[place] += 1 }
    return Array(sum[(firstFreeClass * inputCount)...])
  }

  /// The sum of what blocks give, K × (d + 1) each, in their order.
  private func sum(_ parts: [Matrix<Float>]) -> [Double] {
    var sum = [Double](repeating: 0, count: classCount * inputCount)
    for part in parts {
      for place in sum.indices { sum[place] += Double(part.elements[place]) }
    }
    return sum
  }

  func preconditioner(_ curvature: Curvature) -> (any Preconditioner)? {
    SoftmaxPreconditioner(
      curvature, classes: classCount, free: freeCount, inputs: inputCount, threads: threads)
  }

  /// n·(d + 1)²/2 multiplications for each class against 2·n·(d + 1), at four times the speed.
  var preconditionerCost: Int { max(inputCount / 16, 8) }
}
