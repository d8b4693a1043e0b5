package import Documents
import LinAlg
package import Models

/// The kind of model that an attacker trains.
package enum SurrogateKind: String, Sendable, CaseIterable {
  /// Softmax regression.
  case softmax
  /// A support vector machine with a linear kernel.
  case linearSVM = "linear-svm"
  /// A support vector machine with an RBF kernel.
  case rbfSVM = "rbf-svm"

  static let machines: [SurrogateKind] = [.linearSVM, .rbfSVM]
}

/// A model that an attacker trains on rows it knows, with its parameters.
package struct Surrogate: Sendable, Equatable {
  /// The kind.
  package let kind: SurrogateKind

  /// Inverse strength of the penalty.
  package let c: Double

  /// The width of the RBF kernel.
  package let gamma: Gamma

  private let softmax: SoftmaxRegression

  /// The support vector machine, for the kinds that are one.
  let machine: SupportVectorClassifier

  /// Chooses parameters.
  ///
  /// - Throws: `SpecificationError` for a value that is not positive.
  package init(
    _ kind: SurrogateKind = .softmax, c: Double = 1, gamma: Gamma = .scale
  ) throws(SpecificationError) {
    (self.kind, self.c, self.gamma) = (kind, c, gamma)
    softmax = try SoftmaxRegression(c: c)
    machine = try SupportVectorClassifier(
      c: c, kernel: kind == .linearSVM ? .linear : .rbf(gamma: gamma))
  }

  /// How far the clean training rows lie on their own side of the boundary to each class, by a model
  /// fitted to them: n × K for each exposure, 0 in the column of a row's own class.
  ///
  ///     softmax: s_y(x) − s_c(x);   support vector machines: f_yc(x) / ‖w_yc‖
  ///
  /// Values of f alone would not compare: each machine has a scale of its own.
  func distances(_ exposures: [Exposure]) -> [Matrix<Double>] {
    guard kind == .softmax else { return exposures.map(machineDistances) }
    return zip(exposures, logits(exposures)).map { exposure, scores in
      Self.matrix(exposure.training) { row, own, label in scores[row, own] - scores[row, label] }
    }
  }

  /// The logits of softmax regression for the clean training rows, n × K for each exposure; 0 for
  /// classes without a row.
  func logits(_ exposures: [Exposure]) -> [Matrix<Double>] {
    Exposure.groups(exposures).flatMap { group in
      let batch = Exposure.batch(exposures[group])
      var workspace = BatchWorkspace(softmax, batch.shape)
      var fits = [BatchFit](repeating: BatchFit(batch.shape), count: SeedBatch.laneCount)
      if workspace.isSmall { workspace.fit(batch, count: group.count, into: &fits) }
      return (0..<group.count).map { lane in
        let problem = batch.problem(lane)
        if workspace.isSmall, let theta = workspace.softmaxCoefficients(lane) {
          return Self.logits(problem, theta, Array(0..<problem.classCount))
        }
        let model = softmax.fitSoftmax(problem)
        return Self.logits(problem, model.coefficients, model.presentClasses)
      }
    }
  }

  private static func logits(
    _ problem: Problem, _ theta: Matrix<Double>, _ classes: [Int]
  ) -> Matrix<Double> {
    let (n, d, k) = (problem.sampleCount, problem.featureCount, problem.classCount)
    let (x, weights) = (problem.features.elements.span, theta.elements.span)
    var scores = [Double](repeating: 0, count: n * k)
    for row in 0..<n {
      for (index, label) in classes.enumerated() {
        let start = index * (d + 1)
        var sum = weights[start + d]
        for j in 0..<d { sum += weights[start + j] * x[row * d + j] }
        scores[row * k + label] = sum
      }
    }
    return Matrix(rows: n, columns: k, elements: scores)
  }

  private func machineDistances(_ exposure: Exposure) -> Matrix<Double> {
    let training = exposure.training
    var machines = RelabeledMachines(
      machine, features: StandardizedRows(exposure).training, classCount: training.classCount)
    machines.fit(training.labels)
    return Self.matrix(training) { row, own, label in
      machines.distance(row, of: own, from: label)
    }
  }

  /// A number for each row and each class that is not its own.
  private static func matrix(
    _ training: TrainingSet, _ value: (_ row: Int, _ own: Int, _ label: Int) -> Double
  ) -> Matrix<Double> {
    var matrix = Matrix<Double>(rows: training.count, columns: training.classCount)
    for (row, own) in training.labels.enumerated() {
      for label in 0..<training.classCount where label != own {
        matrix[row, label] = value(row, own, label)
      }
    }
    return matrix
  }
}

extension Surrogate {
  /// What surrogates of some kinds take; the first is the default.
  static func entries(_ kinds: [SurrogateKind], note: String = "") -> [Parameter] {
    [
      .init(
        "surrogate", kinds.map(\.rawValue).joined(separator: ", ") + note,
        default: kinds[0].rawValue),
      .init("C", "inverse strength of its penalty, above 0", default: "1"),
      .init("gamma", "width of its RBF kernel: scale, auto or a number above 0", default: "scale"),
    ]
  }

  /// The parameters that differ from those of the first of some kinds left as it is.
  func parameters(among kinds: [SurrogateKind]) -> [String: String] {
    Self.entries(kinds).changed([
      "surrogate": kind.rawValue, "C": "\(c)", "gamma": kind == .rbfSVM ? "\(gamma)" : "scale",
    ])
  }
}

extension SpecificationParameters {
  /// The surrogate that is asked for, of some kinds.
  func surrogate(among kinds: [SurrogateKind]) throws(SpecificationError) -> Surrogate {
    let kind = SurrogateKind(
      rawValue: try word("surrogate", of: kinds.map(\.rawValue)))
    guard text("gamma") == nil || kind == .rbfSVM else {
      throw invalid("gamma", accepted: "left out unless surrogate=rbf-svm")
    }
    return try Surrogate(kind ?? kinds[0], c: number("C"), gamma: gamma("gamma"))
  }
}
