package import LinAlg

extension SoftmaxRegression {
  /// Parameters up to which the Hessian is factored; beyond it stands the identity.
  private static let hessianLimit = 4_096

  /// What relabelling each row would do to the validation log loss, to first order.
  ///
  ///     I(i → c) = −∇L_valᵀ·H⁻¹·[∇l(xᵢ, c) − ∇l(xᵢ, yᵢ)] = C·(u_c − u_yᵢ)·x̃ᵢ,   u = H⁻¹·∇L_val
  ///
  /// `model` is this regression fitted to `problem`, whose rows weigh 1. Shapes: validation rows
  /// V × d with V labels; the result n × K. Classes the model does not know have −∞; with fewer
  /// than two classes known all are 0.
  ///
  /// Source: Koh, Liang, "Understanding black-box predictions via influence functions", ICML 2017.
  package func flipInfluences(
    _ model: SoftmaxModel, of problem: Problem, validation: Matrix<Double>, labels: [Int]
  ) -> Matrix<Double> {
    let (n, d, classCount) = (problem.sampleCount, problem.featureCount, problem.classCount)
    let present = model.presentClasses
    guard present.count >= 2 else { return Matrix(rows: n, columns: classCount) }
    let u = direction(model, problem, validation, labels)
    var influences = Matrix<Double>(rows: n, columns: classCount, repeating: -.infinity)
    let first = present.count == 2 ? 1 : 0
    for row in 0..<n {
      var products = [Double](repeating: 0, count: classCount)
      for (index, label) in present.enumerated() where index >= first {
        let start = (index - first) * (d + 1)
        var sum = u[start + d]
        for j in 0..<d { sum += u[start + j] * problem.features[row, j] }
        products[label] = sum
      }
      for label in present { influences[row, label] = c * (products[label] - products[problem.labels[row]]) }
    }
    return influences
  }

  /// H⁻¹·∇L_val over the free parameters of the present classes.
  private func direction(
    _ model: SoftmaxModel, _ problem: Problem, _ validation: Matrix<Double>, _ labels: [Int]
  ) -> [Double] {
    let present = model.presentClasses
    let compact = Problem(
      features: problem.features,
      labels: problem.labels.map { present.firstIndex(of: $0) ?? 0 }, classCount: present.count)
    let objective = SoftmaxObjective(compact, c: c, threads: 1)
    let count = objective.parameterCount
    let d = problem.featureCount
    let first = present.count == 2 ? 1 : 0
    let probabilities = model.predict(validation).scores
    var u = [Double](repeating: 0, count: count)
    // The loss of a class that the model does not know does not change.
    for (row, truth) in labels.enumerated() where present.contains(truth) {
      for (index, label) in present.enumerated() where index >= first {
        let residual = probabilities[row, label] - (label == truth ? 1 : 0)
        let start = (index - first) * (d + 1)
        for j in 0..<d { u[start + j] += residual * validation[row, j] }
        u[start + d] += residual
      }
    }
    for index in u.indices { u[index] /= Double(max(labels.count, 1)) }
    guard count <= Self.hessianLimit else { return u }
    var gradient = [Double](repeating: 0, count: count)
    var hessian = Matrix<Double>(rows: count, columns: count)
    _ = objective.value(
      at: Array(model.coefficients.elements.suffix(count)), gradient: &gradient,
      hessian: &hessian)
    if let factor = try? CholeskyFactor(hessian) { factor.solve(&u) }
    return u
  }
}
