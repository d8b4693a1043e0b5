package import LinAlg

/// Support vector machines of one set of rows, fitted to one labelling after another.
///
///     f_ab(x_i) of every pair a < b,   penalty = Σ ½‖w_ab‖²
///
/// Machines are those of `SupportVectorClassifier`. A pair of which one class has no row has the
/// machine that its objective has for a limit: f = 1 for the class that is there, w = 0. A pair of
/// two absent classes has f = 0.
///
/// Complexity: n² kernel values once, where the rows suit the engine of small problems; then a fit
/// and n products a support vector and pair.
package struct RelabeledMachines: Sendable {
  private let learner: SupportVectorClassifier
  private let features: Matrix<Double>
  private var batch: SeedBatch
  private var workspace: SupportVectorWorkspace?
  private var kernel: KernelMatrix?
  private var values: [Quad] = []

  /// f of each pair (0,1), (0,2), …, (1,2) and so on, one run of n rows a pair.
  package private(set) var decisions: [Double]

  /// Σ ½‖w‖² of the pairs.
  package private(set) var penalty = 0.0

  /// Prepares for n × d features.
  package init(_ learner: SupportVectorClassifier, features: Matrix<Double>, classCount: Int) {
    self.learner = learner
    self.features = features
    let (n, d) = (features.rows, features.columns)
    let shape = SeedBatch.Shape(
      sampleCount: n, featureCount: d, classCount: classCount, validationCount: 0)
    decisions = Array(repeating: 0, count: n * shape.pairCount)
    guard BatchWorkspace.suitsSupportVectors(shape) else {
      batch = SeedBatch(
        SeedBatch.Shape(sampleCount: 0, featureCount: 0, classCount: 0, validationCount: 0))
      return
    }
    batch = SeedBatch(shape)
    for row in 0..<n {
      for j in 0..<d { batch.columns[j * n + row] = Quad(repeating: features[row, j]) }
    }
    var workspace = SupportVectorWorkspace(learner, shape)
    workspace.begin(batch)
    self.workspace = workspace
    values = Array(repeating: Quad(repeating: 0), count: (n + 3) / 4)
  }

  /// Position of the pair of classes a < b.
  package static func pair(_ a: Int, _ b: Int, classCount: Int) -> Int {
    a * (2 * classCount - a - 1) / 2 + b - a - 1
  }

  /// Fits the machines to labels.
  ///
  /// - Precondition: One label a row.
  package mutating func fit(_ labels: [Int], classCount: Int) {
    precondition(labels.count == features.rows, "\(labels.count) labels of \(features.rows) rows")
    var isPresent = [Bool](repeating: false, count: classCount)
    for label in labels { isPresent[label] = true }
    penalty = 0
    let isTrained = trainSmall(labels, isPresent)
    if !isTrained { trainSingle(labels, classCount) }
    for a in 0..<classCount {
      for b in a + 1..<max(classCount, a + 1) where !(isPresent[a] && isPresent[b]) {
        let f = isPresent[a] ? 1.0 : isPresent[b] ? -1 : 0
        let start = Self.pair(a, b, classCount: classCount) * labels.count
        for row in start..<start + labels.count { decisions[row] = f }
      }
    }
  }

  private mutating func trainSmall(_ labels: [Int], _ isPresent: [Bool]) -> Bool {
    guard workspace != nil else { return false }
    batch.labels[0] = labels
    guard case .trained(let function, _, _) = workspace?.train(batch, 0) else { return false }
    let kernel = kernel ?? KernelMatrix(function, features)
    self.kernel = kernel
    let n = labels.count
    for a in isPresent.indices where isPresent[a] {
      for b in a + 1..<max(isPresent.count, a + 1) where isPresent[b] {
        penalty += workspace?.decide(a, b, kernel, into: &values) ?? 0
        let start = Self.pair(a, b, classCount: isPresent.count) * n
        for row in 0..<n { decisions[start + row] = scalar(values, row) }
      }
    }
    return true
  }

  private mutating func trainSingle(_ labels: [Int], _ classCount: Int) {
    let problem = Problem(features: features, labels: labels, classCount: classCount)
    let model = learner.fitSVM(problem)
    let f = model.decisionValues(features)
    for (index, machine) in model.machines.enumerated() {
      let start =
        Self.pair(machine.positive, machine.negative, classCount: classCount) * labels.count
      for row in labels.indices { decisions[start + row] = f[row, index] }
      for (support, row) in model.supportRows.enumerated() {
        penalty += machine.coefficients[support] * (f[row, index] - machine.intercept) / 2
      }
    }
  }
}

extension RelabeledMachines {
  /// The class with most votes for each training row, the smaller one on a tie, by the machines
  /// fitted last, which were fitted to `labels`.
  package func predictions(_ labels: [Int], classCount: Int) -> [Int] {
    let n = labels.count
    var isPresent = [Bool](repeating: false, count: classCount)
    for label in labels { isPresent[label] = true }
    return (0..<n).map { row in
      var votes = isPresent.map { $0 ? 0 : -1 }
      for a in 0..<classCount where isPresent[a] {
        for b in a + 1..<max(classCount, a + 1) where isPresent[b] {
          let f = decisions[Self.pair(a, b, classCount: classCount) * n + row]
          votes[f > 0 ? a : b] += 1
        }
      }
      var best = 0
      for label in votes.indices where votes[label] > votes[best] { best = label }
      return best
    }
  }
}
