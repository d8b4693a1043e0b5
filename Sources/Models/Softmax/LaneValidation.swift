import LinAlg

/// The validation rows of four softmax regressions, one in each lane, and what is predicted of them.
struct LaneValidation: Sendable {
  private let rows: Int
  private let d: Int
  private let free: Int
  private var logits: [Quad]
  /// The true class of each row, as a number.
  private var labels: [Quad]
  /// The predicted class of each row, as a number.
  private var classes: [Quad]
  /// For each row p of the true class, then its logarithm.
  private var probabilities: [Quad]
  /// Mean negative log-probability of each lane.
  private(set) var logLoss = Quad(repeating: 0)

  init(_ shape: SeedBatch.Shape, free: Int) {
    rows = shape.validationCount
    d = shape.featureCount
    self.free = free
    let zero = Quad(repeating: 0)
    logits = Array(repeating: zero, count: rows * (free + 1))
    labels = Array(repeating: zero, count: rows)
    classes = labels
    probabilities = labels
  }

  mutating func load(_ batch: SeedBatch) {
    let y = batch.validationLabels
    for row in 0..<rows {
      labels[row] = Quad(
        Double(y[0][row]), Double(y[1][row]), Double(y[2][row]), Double(y[3][row]))
    }
  }

  /// Predicts all rows, given by column, at φ; class 0 has the logit 0.
  ///
  /// Classes by the largest logit, the smaller class on a tie; log loss as `logLoss(_:labels:)`.
  mutating func evaluate(_ phi: [Quad], _ columns: [Quad]) {
    linear(phi, columns, rows: rows, inputs: d + 1, classes: free, into: &logits)
    for row in 0..<rows {
      var largest = Quad(repeating: 0)
      var best = Quad(repeating: 0)
      for c in 0..<free {
        let logit = logits[c * rows + row]
        let isLarger = logit .> largest
        largest.replace(with: logit, where: isLarger)
        best.replace(with: Double(c + 1), where: isLarger)
      }
      classes[row] = best
      logits[free * rows + row] = -largest
      for c in 0..<free { logits[c * rows + row] -= largest }
    }
    _ = exponentials(&logits)
    for row in 0..<rows {
      var sum = logits[free * rows + row]
      var ofTruth = sum
      for c in 0..<free {
        let e = logits[c * rows + row]
        sum += e
        ofTruth.replace(with: e, where: labels[row] .== Double(c + 1))
      }
      let p = ofTruth / sum
      probabilities[row] = p.replacing(with: .ulpOfOne, where: .!(p .>= .ulpOfOne))
    }
    logarithms(&probabilities)
    var total = Quad(repeating: 0)
    for row in 0..<rows { total -= probabilities[row] }
    logLoss = total / Double(max(rows, 1))
  }

  /// Writes the gradient of the log loss over φ at the point last evaluated.
  ///
  ///     g_c = Σ (p_c − y_c)·x̃ / rows
  func writeGradient(_ columns: [Quad], into gradient: inout [Quad]) {
    for index in gradient.indices { gradient[index] = Quad(repeating: 0) }
    for row in 0..<rows {
      var sum = logits[free * rows + row]
      for c in 0..<free { sum += logits[c * rows + row] }
      let scale = 1 / sum
      for c in 0..<free {
        let isTrue = labels[row] .== Double(c + 1)
        let residual =
          logits[c * rows + row] * scale
          - Quad(repeating: 0).replacing(
            with: 1, where: isTrue)
        let base = c * (d + 1)
        for j in 0..<d {
          gradient[base + j] = gradient[base + j].addingProduct(residual, columns[j * rows + row])
        }
        gradient[base + d] += residual
      }
    }
    let share = 1 / Double(max(rows, 1))
    for index in gradient.indices { gradient[index] *= share }
  }

  /// Hands out the predictions of a lane.
  func read(_ lane: Int, into fit: inout BatchFit) {
    for row in 0..<rows { fit.predicted[row] = Int(classes[row][lane]) }
    fit.logLoss = logLoss[lane]
  }
}

/// Replaces every x by ln x.
private func logarithms(_ values: inout [Quad]) {
  var span = values.mutableSpan
  Lanes.log(&span)
}
