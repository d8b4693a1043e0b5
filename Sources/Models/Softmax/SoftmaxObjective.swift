package import LinAlg

/// The objective of softmax regression over the rows of a problem, cut into blocks.
///
///     f(Θ) = C · Σᵢ wᵢ (ln Σ_c exp z_ic − z_iyᵢ) + ½‖W‖²,    zᵢ = Θ·x̃ᵢ,   x̃ᵢ = (xᵢ, 1)
///
/// Θ = (W, b) is K × (d + 1). Two conventions make the minimum unique:
/// * two classes: the first row of Θ is fixed at zero, so W is one vector, the log-odds of class 1
///   (this is the objective of scikit-learn's `LogisticRegression` for two classes);
/// * three or more: ½(Σ b)² is added, which changes nothing but picks intercepts of sum zero.
///
/// With targets tᵢ, distributions over the classes, the loss of a row is ln Σ_c exp z_ic − Σ_c t_ic·z_ic;
/// a label is the target that is all on one class.
///
/// Parameters are the free rows of Θ, row-major. Blocks are summed in order, so the value does not
/// depend on the number of threads.
package struct SoftmaxObjective: SmoothObjective {
  /// Rows of one block: with the logits of ten classes it fills the first-level cache.
  package static let blockSize = 512

  /// Blocks whose Hessians are in memory at once; fixed, so that sums keep their order.
  private static let waveSize = 8

  struct Block {
    /// x̃, rows × (d + 1).
    let design: Matrix<Double>
    let labels: [Int]
    /// tᵢ, rows × K; empty for those of the labels.
    let targets: [Double]
    /// C·wᵢ.
    let weights: [Double]
  }

  let blocks: [Block]
  let classCount: Int
  let inputCount: Int
  let threads: Int
  package let gradientRoundingError: Double

  /// Prepares a problem in which each of the classes has a row, with targets (n × K) for the labels
  /// where they are given.
  package init(
    _ problem: Problem, targets: Matrix<Double>? = nil, c: Double, threads: Int,
    blockSize: Int = Self.blockSize
  ) {
    precondition(
      targets.map { $0.rows == problem.sampleCount && $0.columns == problem.classCount } ?? true,
      "Targets of \(targets?.rows ?? 0) rows for \(problem.sampleCount)")
    let d = problem.featureCount
    let k = problem.classCount
    let n = problem.sampleCount
    classCount = problem.classCount
    inputCount = d + 1
    self.threads = threads
    let parts = Parallel.map((n + blockSize - 1) / blockSize, threads: threads) { part in
      let rows = part * blockSize..<min((part + 1) * blockSize, n)
      var design: [Double] = []
      design.reserveCapacity(rows.count * (d + 1))
      // Each component of the gradient sums n terms of at most C·w·|x̃|, each exact to a few ε.
      var magnitudes = [Double](repeating: 0, count: d + 1)
      let x = problem.features.elements.span
      for row in rows {
        let weight = problem.weights[row] * c
        for column in 0..<d {
          let value = x[row * d + column]
          design.append(value)
          magnitudes[column] += weight * abs(value)
        }
        design.append(1)
        magnitudes[d] += weight
      }
      let block = Block(
        design: Matrix(rows: rows.count, columns: d + 1, elements: design),
        labels: Array(problem.labels[rows]),
        targets: targets.map { Array($0.elements[rows.lowerBound * k..<rows.upperBound * k]) }
          ?? [],
        weights: problem.weights[rows].map { $0 * c })
      return (block: block, magnitudes: magnitudes)
    }
    blocks = parts.map(\.block)
    var magnitudes = [Double](repeating: 0, count: d + 1)
    for part in parts {
      for column in 0...d { magnitudes[column] += part.magnitudes[column] }
    }
    gradientRoundingError = 16 * Double.ulpOfOne * (magnitudes.max() ?? 0)
  }

  var firstFreeClass: Int { classCount == 2 ? 1 : 0 }
  var freeCount: Int { classCount - firstFreeClass }
  package var parameterCount: Int { freeCount * inputCount }

  /// Θ with its fixed row, K × (d + 1).
  package func coefficients(_ point: [Double]) -> Matrix<Double> {
    let fixed = [Double](repeating: 0, count: firstFreeClass * inputCount)
    return Matrix(rows: classCount, columns: inputCount, elements: fixed + point)
  }

  package func value(at point: [Double], gradient: inout [Double]) -> Double {
    let theta = coefficients(point)
    let parts = Parallel.map(blocks.count, threads: threads) { index in
      var gradient = Matrix<Double>(rows: classCount, columns: inputCount)
      let (value, _) = evaluate(blocks[index], theta, gradient: &gradient)
      return (value, gradient)
    }
    var total = Matrix<Double>(rows: classCount, columns: inputCount)
    var value = 0.0
    for (partValue, partGradient) in parts {
      value += partValue
      add(partGradient, to: &total)
    }
    gradient = Array(total.elements[(firstFreeClass * inputCount)...])
    return value + addPenalty(point, &gradient)
  }

  package func value(
    at point: [Double], gradient: inout [Double], hessian: inout Matrix<Double>
  ) -> Double {
    let theta = coefficients(point)
    let count = parameterCount
    var total = Matrix<Double>(rows: classCount, columns: inputCount)
    hessian = Matrix(rows: count, columns: count)
    var value = 0.0
    for wave in stride(from: 0, to: blocks.count, by: Self.waveSize) {
      let size = min(Self.waveSize, blocks.count - wave)
      let parts = Parallel.map(size, threads: threads) { index in
        var gradient = Matrix<Double>(rows: classCount, columns: inputCount)
        let block = blocks[wave + index]
        let (value, probabilities) = evaluate(block, theta, gradient: &gradient)
        return (value, gradient, self.hessian(block, probabilities))
      }
      for (partValue, partGradient, partHessian) in parts {
        value += partValue
        add(partGradient, to: &total)
        add(partHessian, to: &hessian)
      }
    }
    gradient = Array(total.elements[(firstFreeClass * inputCount)...])
    addPenaltyCurvature(to: &hessian)
    return value + addPenalty(point, &gradient)
  }

  /// The loss of a block, its gradient Σ Cwᵢ(pᵢ − tᵢ)x̃ᵢᵀ added, and its probabilities.
  private func evaluate(
    _ block: Block, _ theta: Matrix<Double>, gradient: inout Matrix<Double>
  ) -> (value: Double, probabilities: Matrix<Double>) {
    let rows = block.design.rows
    var logits = Matrix<Double>(rows: rows, columns: classCount)
    BLAS.gemm(block.design, theta, transposeB: true, into: &logits)
    let (probabilities, losses) = softmax(logits, labels: block.labels)

    var residuals = probabilities
    var value = 0.0
    let raw = logits.elements
    let k = classCount
    residuals.withMutableElements { r in
      for row in 0..<rows {
        let weight = block.weights[row]
        var loss = losses[row]
        if block.targets.isEmpty {
          r[row * k + block.labels[row]] -= 1
        } else {
          // ln Σ exp z − z_y has the label; the rest of the target is paid for from there.
          let own = raw[row * k + block.labels[row]]
          for index in row * k..<(row + 1) * k {
            r[index] -= block.targets[index]
            loss += block.targets[index] * (own - raw[index])
          }
        }
        value += weight * loss
        for index in row * k..<(row + 1) * k { r[index] *= weight }
      }
    }
    BLAS.gemm(residuals, transposeA: true, block.design, beta: 1, into: &gradient)
    return (value, probabilities)
  }

  /// The Hessian of a block over the free parameters.
  ///
  ///     H_ab = Σᵢ Cwᵢ p_ia(δ_ab − p_ib) x̃ᵢx̃ᵢᵀ
  ///          = δ_ab·SᵀQ_a − Q_aᵀQ_b,   S = √(Cw)·x̃,   Q_a = √(Cw)·p_a·x̃ (row by row)
  private func hessian(_ block: Block, _ probabilities: Matrix<Double>) -> Matrix<Double> {
    let m = inputCount
    let (count, free, first) = (parameterCount, freeCount, firstFreeClass)
    var scaled = block.design
    var spread = Matrix<Double>(rows: block.design.rows, columns: count)
    scaled.withMutableElements { s in
      spread.withMutableElements { q in
        for row in 0..<block.labels.count {
          let root = block.weights[row].squareRoot()
          for index in row * m..<(row + 1) * m { s[index] *= root }
          for a in 0..<free {
            let p = probabilities[row, first + a]
            let start = row * count + a * m
            for j in 0..<m { q[start + j] = p * s[row * m + j] }
          }
        }
      }
    }
    var diagonal = Matrix<Double>(rows: m, columns: count)
    BLAS.gemm(scaled, transposeA: true, spread, into: &diagonal)
    var hessian = Matrix<Double>(rows: count, columns: count)
    BLAS.syrk(spread, alpha: -1, into: &hessian)
    hessian.withMutableElements { h in
      for a in 0..<free {
        for i in 0..<m {
          for j in 0..<m { h[(a * m + i) * count + a * m + j] += diagonal[i, a * m + j] }
        }
      }
    }
    return hessian
  }

  /// Adds the gradient of ½‖W‖² + ½(Σb)² and returns its value.
  func addPenalty(_ point: [Double], _ gradient: inout [Double]) -> Double {
    Self.addPenalty(point, &gradient, inputCount: inputCount, classCount: classCount)
  }

  static func addPenalty(
    _ point: [Double], _ gradient: inout [Double], inputCount m: Int, classCount: Int
  ) -> Double {
    var squares = 0.0
    for index in point.indices where index % m != m - 1 {
      squares += point[index] * point[index]
      gradient[index] += point[index]
    }
    guard classCount > 2 else { return squares / 2 }
    let intercepts = stride(from: m - 1, to: point.count, by: m)
    let sum = intercepts.reduce(0.0) { $0 + point[$1] }
    for index in intercepts { gradient[index] += sum }
    return (squares + sum * sum) / 2
  }

  private func addPenaltyCurvature(to hessian: inout Matrix<Double>) {
    let m = inputCount
    for index in 0..<parameterCount where index % m != m - 1 { hessian[index, index] += 1 }
    guard classCount > 2 else { return }
    for a in 0..<classCount {
      for b in 0..<classCount { hessian[a * m + m - 1, b * m + m - 1] += 1 }
    }
  }

  private func add(_ part: Matrix<Double>, to total: inout Matrix<Double>) {
    let source = part.elements
    total.withMutableElements { target in
      for index in target.indices { target[index] += source[index] }
    }
  }
}
