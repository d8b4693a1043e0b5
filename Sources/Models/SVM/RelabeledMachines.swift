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
  private let shape: SeedBatch.Shape
  private var batch: SeedBatch
  private var workspace: SupportVectorWorkspace?
  private var kernel: KernelMatrix?
  private var values: [Quad] = []
  /// Whether each class has one of the labels fitted last.
  private var isPresent: [Bool]

  /// f of each pair (0,1), (0,2), …, (1,2) and so on, one run of n rows a pair.
  package private(set) var decisions: [Double]

  /// ‖w‖ of each pair, in the order of `decisions`; 0 where one of its classes has no row.
  private var norms: [Double]

  /// Σ ½‖w‖² of the pairs.
  package private(set) var penalty = 0.0

  /// Prepares for n × d features.
  package init(_ learner: SupportVectorClassifier, features: Matrix<Double>, classCount: Int) {
    (self.learner, self.features) = (learner, features)
    let (n, d) = (features.rows, features.columns)
    shape = SeedBatch.Shape(
      sampleCount: n, featureCount: d, classCount: classCount, validationCount: 0)
    isPresent = Array(repeating: false, count: classCount)
    decisions = Array(repeating: 0, count: n * shape.pairCount)
    norms = Array(repeating: 0, count: shape.pairCount)
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

  /// Where the numbers of the pair of classes a < b begin among the decisions.
  package func start(_ a: Int, _ b: Int) -> Int { shape.pair(a, b) * shape.sampleCount }

  /// How far training row `row` lies on the side of class `a` from the hyperplane between a and b, in
  /// the space of the kernel: f_ab / ‖w_ab‖, below 0 on the other side.
  ///
  /// Where w is 0 there is no hyperplane, and the row is infinitely far; where f is 0 too, at 0.
  package func distance(_ row: Int, of a: Int, from b: Int) -> Double {
    let f = decisions[start(min(a, b), max(a, b)) + row]
    let distance = (a < b ? f : -f) / norms[shape.pair(min(a, b), max(a, b))]
    return distance.isNaN ? 0 : distance
  }

  /// Fits the machines to labels.
  ///
  /// - Precondition: One label a row.
  package mutating func fit(_ labels: [Int]) {
    precondition(labels.count == features.rows, "\(labels.count) labels of \(features.rows) rows")
    for label in isPresent.indices { isPresent[label] = false }
    for label in labels { isPresent[label] = true }
    penalty = 0
    for pair in norms.indices { norms[pair] = 0 }
    if !trainSmall(labels) { trainSingle(labels) }
    for a in isPresent.indices {
      for b in a + 1..<max(isPresent.count, a + 1) where !(isPresent[a] && isPresent[b]) {
        let f = isPresent[a] ? 1.0 : isPresent[b] ? -1 : 0
        for row in labels.indices { decisions[start(a, b) + row] = f }
      }
    }
  }

  private mutating func trainSmall(_ labels: [Int]) -> Bool {
    guard workspace != nil else { return false }
    batch.labels[0] = labels
    guard case .trained(let function, _, _) = workspace?.train(batch, 0) else { return false }
    let kernel = kernel ?? KernelMatrix(function, features)
    self.kernel = kernel
    for a in isPresent.indices where isPresent[a] {
      for b in a + 1..<max(isPresent.count, a + 1) where isPresent[b] {
        let half = workspace?.decide(a, b, kernel, into: &values) ?? 0
        penalty += half
        norms[shape.pair(a, b)] = (2 * max(half, 0)).squareRoot()
        for row in labels.indices { decisions[start(a, b) + row] = scalar(values, row) }
      }
    }
    return true
  }

  private mutating func trainSingle(_ labels: [Int]) {
    let model = learner.fitSVM(
      Problem(features: features, labels: labels, classCount: shape.classCount))
    let f = model.decisionValues(features)
    for (index, machine) in model.machines.enumerated() {
      let start = start(machine.positive, machine.negative)
      for row in labels.indices { decisions[start + row] = f[row, index] }
      var half = 0.0
      for (support, row) in model.supportRows.enumerated() {
        let term = machine.coefficients[support] * (f[row, index] - machine.intercept) / 2
        penalty += term
        half += term
      }
      norms[shape.pair(machine.positive, machine.negative)] = (2 * max(half, 0)).squareRoot()
    }
  }

  /// The class with most votes of the machines fitted last for each training row, the smaller on a tie.
  package var predictions: [Int] {
    (0..<shape.sampleCount).map { row in
      var votes = isPresent.map { $0 ? 0 : -1 }
      for a in isPresent.indices where isPresent[a] {
        for b in a + 1..<max(isPresent.count, a + 1) where isPresent[b] {
          votes[decisions[start(a, b) + row] > 0 ? a : b] += 1
        }
      }
      var best = 0
      for label in votes.indices where votes[label] > votes[best] { best = label }
      return best
    }
  }
}
