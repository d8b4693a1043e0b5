import LinAlg

/// One linear score a class, as the models that learners of this kind fit otherwise.
struct LinearScores {
  /// Θ = (W, b), K × (d + 1), the intercept last.
  let coefficients: Matrix<Double>
  let report: FitReport

  /// The softmax regression with these logits.
  ///
  /// - Precondition: Two classes at least.
  func softmax() -> SoftmaxModel {
    SoftmaxModel(
      coefficients: coefficients, presentClasses: Array(0..<coefficients.rows),
      classCount: coefficients.rows, report: report)
  }

  /// The machines that vote for the class of the larger score: those of a pair have the difference.
  ///
  /// Its support vectors are the axes, so that coefficients are weights.
  func machines() -> SupportVectorModel {
    let (k, d) = (coefficients.rows, coefficients.columns - 1)
    var axes = [Double](repeating: 0, count: d * d)
    for j in 0..<d { axes[j * d + j] = 1 }
    let theta = coefficients.elements
    let machines = (0..<k).flatMap { a in
      (a + 1..<max(k, a + 1)).map { b in
        let difference = (0...d).map { theta[a * (d + 1) + $0] - theta[b * (d + 1) + $0] }
        return SupportVectorModel.Machine(
          positive: a, negative: b, coefficients: Array(difference.dropLast()),
          intercept: difference[d])
      }
    }
    return SupportVectorModel(
      kernel: .linear, supportVectors: Matrix(rows: d, columns: d, elements: axes),
      supportRows: [], machines: machines, presentClasses: Array(0..<k), classCount: k,
      report: report)
  }
}
