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

  /// The scores of the clean training rows by a model fitted to them, n × K for each exposure.
  ///
  /// Softmax: the logits. Support vector machines: s_c = Σ_{b≠c} f_cb. Classes without a row: 0.
  func scores(_ exposures: [Exposure]) -> [Matrix<Double>] {
    kind == .softmax ? logits(exposures) : exposures.map(machineScores)
  }

  private func logits(_ exposures: [Exposure]) -> [Matrix<Double>] {
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

  private func machineScores(_ exposure: Exposure) -> Matrix<Double> {
    let training = exposure.training
    let (n, classCount) = (training.count, training.classCount)
    var machines = RelabeledMachines(
      machine, features: StandardizedRows(exposure).training, classCount: classCount)
    machines.fit(training.labels)
    let counts = training.classCounts
    var scores = [Double](repeating: 0, count: n * classCount)
    for a in 0..<classCount where counts[a] > 0 {
      for b in a + 1..<max(classCount, a + 1) where counts[b] > 0 {
        let start = machines.start(a, b)
        for row in 0..<n {
          scores[row * classCount + a] += machines.decisions[start + row]
          scores[row * classCount + b] -= machines.decisions[start + row]
        }
      }
    }
    return Matrix(rows: n, columns: classCount, elements: scores)
  }
}

extension Surrogate {
  /// What surrogates of some kinds take; the first is the default.
  static func entries(_ kinds: [SurrogateKind]) -> [Parameter] {
    [
      .init(
        "surrogate", kinds.map(\.rawValue).joined(separator: ", "), default: kinds[0].rawValue),
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
