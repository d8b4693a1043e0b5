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
      let rows: SingleRows
      /// C·wᵢ·p_ic: one column of vectors a class, the last filled up with zeros.
      let weighted: [SIMD8<Float>]
      let probabilities: [SIMD8<Float>]

      /// C·wᵢ·p_ic and p_ic of a row.
      func weights(_ row: Int, _ label: Int) -> (weighted: Float, probability: Float) {
        let place = 8 * (label * rows.height) + row
        return (scalar(weighted, place), scalar(probabilities, place))
      }
    }

    /// x̃ of a block, by rows for the preconditioner and by panels for products.
    struct SingleRows: Sendable {
      let design: Matrix<Float>
      let panels: FloatPanels
      /// Vectors of a column.
      var height: Int { 2 * panels.panelCount }

      init(_ design: Matrix<Double>) {
        self.design = Matrix(
          rows: design.rows, columns: design.columns, elements: design.elements.map { Float($0) })
        panels = FloatPanels(
          design, rows: Array(0..<design.rows),
          center: [Double](repeating: 0, count: design.columns), factor: 1)
      }
    }
  }

  func curvature(at point: [Double], after last: Curvature?) -> Curvature {
    let theta = coefficients(point)
    return Curvature(
      blocks: Parallel.map(blocks.count, threads: threads) { index in
        let block = blocks[index]
        let rows = last?.blocks[index].rows ?? Curvature.SingleRows(block.design)
        var logits = Matrix<Double>(rows: block.design.rows, columns: classCount)
        BLAS.gemm(block.design, theta, transposeB: true, into: &logits)
        let p = softmax(logits, labels: []).probabilities.elements
        let zero = SIMD8<Float>(repeating: 0)
        var weighted = [SIMD8<Float>](repeating: zero, count: classCount * rows.height)
        var probabilities = weighted
        for row in 0..<block.design.rows {
          for label in 0..<classCount {
            let probability = p[row * classCount + label]
            let (vector, lane) = (label * rows.height + row / 8, row % 8)
            weighted[vector][lane] = Float(probability * block.weights[row])
            probabilities[vector][lane] = Float(probability)
          }
        }
        return Curvature.Part(rows: rows, weighted: weighted, probabilities: probabilities)
      })
  }

  /// Blocks that one thread sums up; fixed, so that sums keep their order.
  private static let runLength = 2

  func product(_ curvature: Curvature, with v: [Double]) -> [Double] {
    let (k, m) = (classCount, inputCount)
    // Its queries are −2 times what they are made of.
    let direction = PanelQueries<Float>(
      coefficients(v), rows: Array(0..<k), center: [Double](repeating: 0, count: m), factor: -0.5)
    let runs = (blocks.count + Self.runLength - 1) / Self.runLength
    let parts = Parallel.map(runs, threads: threads) { run in
      let first = run * Self.runLength
      var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: k * m)
      for part in curvature.blocks[first..<min(first + Self.runLength, blocks.count)] {
        let height = part.rows.height
        var u = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: k * height)
        part.rows.panels.products(direction, into: &u)
        for vector in 0..<height {
          var mean = SIMD8<Float>(repeating: 0)
          for place in stride(from: vector, to: k * height, by: height) {
            mean += part.probabilities[place] * u[place]
          }
          for place in stride(from: vector, to: k * height, by: height) {
            u[place] = part.weighted[place] * (u[place] - mean)
          }
        }
        part.rows.panels.addSums(u, count: k, into: &sums)
      }
      return sums.map { $0.sum() }
    }
    var product = [Double](repeating: 0, count: k * m)
    for part in parts {
      for place in product.indices { product[place] += Double(part[place]) }
    }
    product.removeFirst(firstFreeClass * m)
    _ = addPenalty(v, &product)
    return product
  }

  func diagonal(_ curvature: Curvature) -> [Double] {
    let k = classCount
    let parts = Parallel.map(blocks.count, threads: threads) { index in
      let part = curvature.blocks[index]
      var squares = part.rows.design
      squares.withMutableElements { x in
        for place in x.indices { x[place] *= x[place] }
      }
      let spread = Matrix(
        rows: squares.rows, columns: k,
        elements: (0..<squares.rows * k).map { place in
          let (weighted, probability) = part.weights(place / k, place % k)
          return weighted * (1 - probability)
        })
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

  /// n·(d + 1)²/2 multiplications for each class against 2·n·(d + 1), at twice the speed.
  var preconditionerCost: Int { max(inputCount / 8, 8) }
}
