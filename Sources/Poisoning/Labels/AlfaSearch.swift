package import LinAlg
import Models

/// The alternation of ALFA on one exposure, from step to step of its ladder.
package struct AlfaSearch: Sendable {
  /// A row, the class it is given, and the score by which it was chosen.
  package struct Flip: Sendable, Equatable {
    /// The position of the row.
    package let row: Int
    /// Its new class.
    package let label: Int
    /// Its score.
    package let score: Double
  }

  /// What one alternation comes to.
  package struct Course: Sendable {
    /// The objective after each fit.
    package fileprivate(set) var objectives: [Double] = []
    /// The smallest of them; infinite without a fit.
    package fileprivate(set) var objective = Double.infinity
    /// The flips it belongs to.
    package fileprivate(set) var flips: [Flip] = []
    /// e(xᵢ, c; f) of its machines.
    fileprivate var losses: [Double] = []
  }

  /// Fits after which an alternation ends.
  private static let roundLimit = 50

  private let clean: [Int]
  private let rivals: [Int]
  private let classCount: Int
  private let c: Double
  private let order: [Int]
  private let ranks: [Int]
  private var machines: RelabeledMachines
  /// The labels with the flips of all steps so far.
  private var labels: [Int]
  private var isFlipped: [Bool]
  /// e(xᵢ, c; f₀), one run of n rows a class.
  private var cleanLosses: [Double]
  /// e(xᵢ, c; f) of the machines fitted last.
  private var losses: [Double]
  /// Those of the labels as they are; nil before the first step.
  private var startLosses: [Double]?

  /// Fits the machines of the clean rows.
  package init(_ exposure: Exposure, _ surrogate: Surrogate) {
    let training = exposure.training
    clean = training.labels
    rivals = training.rivalClasses
    classCount = training.classCount
    c = surrogate.c
    order = exposure.order
    ranks = exposure.ranks
    labels = clean
    isFlipped = Array(repeating: false, count: clean.count)
    machines = RelabeledMachines(
      surrogate.machine, features: StandardizedRows(exposure).training, classCount: classCount)
    losses = Array(repeating: 0, count: clean.count * classCount)
    cleanLosses = losses
    _ = fit([])
    cleanLosses = losses
  }

  /// Flips the next `count` rows and returns them in their order.
  ///
  /// Each of the restarts takes K numbers of the stream of each row.
  package mutating func step(
    _ count: Int, restarts: Int, _ streams: inout [RandomStream]
  ) -> [Flip] {
    var visited: [[Int]] = []
    var best = alternate(count, from: losses.map { _ in 0 }, &visited)
    if let startLosses {
      let course = alternate(count, from: startLosses, &visited)
      if course.objective < best.objective { best = course }
    }
    for _ in 0..<restarts {
      let course = alternate(count, from: randomLosses(&streams), &visited)
      if course.objective < best.objective { best = course }
    }
    for flip in best.flips {
      labels[flip.row] = flip.label
      isFlipped[flip.row] = true
    }
    startLosses = best.losses
    return best.flips.map { flip in
      Flip(row: flip.row, label: flip.label, score: score(flip.row, flip.label, best.losses))
    }.sorted(by: isBefore)
  }

  /// Alternates from losses, which choose the first selection, to a selection in `visited`.
  ///
  /// All its own are added there.
  package mutating func alternate(
    _ count: Int, from first: [Double], _ visited: inout [[Int]]
  ) -> Course {
    var course = Course()
    var flips = select(count, first)
    while course.objectives.count < Self.roundLimit {
      let selection = flips.map { $0.row * classCount + $0.label }.sorted()
      guard !visited.contains(selection) else { break }
      visited.append(selection)
      let objective = fit(flips)
      course.objectives.append(objective)
      if objective < course.objective {
        course.objective = objective
        course.flips = flips
        course.losses = losses
      }
      flips = select(count, losses)
    }
    return course
  }

  /// Losses uniform on what two classes' hinge losses span, for each row and class.
  package func randomLosses(_ streams: inout [RandomStream]) -> [Double] {
    let (n, top) = (clean.count, 2 * Double(max(classCount - 1, 1)))
    var losses = [Double](repeating: 0, count: n * classCount)
    for row in 0..<n {
      for label in 0..<classCount { losses[label * n + row] = top * streams[row].uniform() }
    }
    return losses
  }

  /// The flips of smallest score, by ascending scores, of equal ones in the common order.
  private func select(_ count: Int, _ losses: [Double]) -> [Flip] {
    var flips: [Flip] = []
    flips.reserveCapacity(clean.count)
    for row in order where !isFlipped[row] {
      var best: Flip?
      for label in rivals where label != clean[row] {
        let score = score(row, label, losses)
        if let best, !(score < best.score) { continue }
        best = Flip(row: row, label: label, score: score)
      }
      if let best { flips.append(best) }
    }
    flips.sort(by: isBefore)
    return Array(flips.prefix(count))
  }

  private func score(_ row: Int, _ label: Int, _ losses: [Double]) -> Double {
    let (own, other) = (clean[row] * clean.count + row, label * clean.count + row)
    return (losses[other] - cleanLosses[other]) - (losses[own] - cleanLosses[own])
  }

  private func isBefore(_ a: Flip, _ b: Flip) -> Bool {
    a.score < b.score || (a.score == b.score && ranks[a.row] < ranks[b.row])
  }

  /// Fits the machines to the labels with more flips; returns the objective.
  private mutating func fit(_ flips: [Flip]) -> Double {
    var flipped = labels
    for flip in flips { flipped[flip.row] = flip.label }
    machines.fit(flipped)
    addHinges()
    var sum = 0.0
    for row in flipped.indices {
      let index = flipped[row] * clean.count + row
      sum += losses[index] - cleanLosses[index]
    }
    return machines.penalty + c * sum
  }

  /// e(x, y) = Σ_{b≠y} max(0, 1 − f_yb(x)), with f_ba = −f_ab.
  private mutating func addHinges() {
    let n = clean.count
    for index in losses.indices { losses[index] = 0 }
    for a in 0..<classCount {
      for b in a + 1..<max(classCount, a + 1) {
        let start = machines.start(a, b)
        for row in 0..<n {
          let f = machines.decisions[start + row]
          losses[a * n + row] += max(0, 1 - f)
          losses[b * n + row] += max(0, 1 + f)
        }
      }
    }
  }
}
