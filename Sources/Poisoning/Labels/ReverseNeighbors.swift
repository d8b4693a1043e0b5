import Datasets
import Documents
import LinAlg
package import Models

/// Greedy flips against nearest neighbours: those that turn most validation rows wrong.
///
/// A flip of row i to class b moves one vote of every validation row that has i among its k nearest.
///
///     gain(i → b)      = validation errors after the flip − before it
///     reduction(i → b) = Σ_v margin before − after,   margin = votes of the truth − most of another
///
/// Again and again the flip with the largest gain is made, of equal ones that with the largest
/// reduction, then the row that comes first in the common order, then the smaller class; each row
/// once. Votes that tie go to the smaller class. Neighbours never change, so a flip changes the
/// gains only of rows that share a validation row with it, and only those are computed again.
///
/// Complexity: n·V·d to find neighbours; a flip n + |RN|·k·|RN|·K², RN(i) the validation rows that
/// have i as neighbour.
///
/// Source: ours; greedy label flips as in Paudice, Muñoz-González, Lupu, "Label sanitization against
/// label flipping poisoning attacks", ECML PKDD Workshops 2018.
package struct ReverseNeighbors: SeedwiseAttack, CataloguedAttack {
  /// The model under attack.
  package let learner: NearestNeighbors

  /// Chooses the model.
  package init(_ learner: NearestNeighbors) {
    self.learner = learner
  }

  /// The number of neighbours, when it is not 5.
  package var parameters: [String: String] {
    changed(["n_neighbors": "\(learner.neighborCount)"])
  }

  static let entry = AttackEntry(
    name: "reverse-neighbours", summary: "labels whose change turns most nearest-neighbour votes",
    parameters: [.init("n_neighbors", "neighbours that vote, 1 or more", default: "5")],
    threat: ThreatModel(
      knowledge: .whiteBox, seesValidation: true, changes: .labels, constraint: .rows),
    flows: [.replace, .delete]
  ) { parameters throws(SpecificationError) in
    ReverseNeighbors(try NearestNeighbors(neighborCount: parameters.count("n_neighbors")))
  }

  /// See `SeedwiseAttack`.
  package func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    patch.begin(changesLabels: true)
    guard count > 0 else { return }
    var ballots = Ballots(exposure, learner)
    for _ in 0..<count {
      let flip = ballots.takeBest()
      patch.append(row: flip.row, label: flip.label)
    }
  }
}

/// The votes of validation rows under the flips made so far.
private struct Ballots {
  private let rivals: [Int]
  private let classCount: Int
  private let order: [Int]
  private let truth: [Int]
  /// The nearest training rows of each validation row.
  private let neighbors: [[Int]]
  /// The validation rows that each training row is a neighbour of.
  private var voters: [[Int]]
  private var labels: [Int]
  /// Votes of each validation row, K a row.
  private var votes: [Int]
  /// Gain and reduction as one number, and the class they are of; nil for rows flipped.
  private var best: [(key: Int, label: Int)?]
  private var stamps: [Int]
  private var clock = 0

  init(_ exposure: Exposure, _ learner: NearestNeighbors) {
    let training = exposure.training
    let rows = StandardizedRows(exposure, seesValidation: true)
    rivals = training.rivalClasses
    classCount = training.classCount
    order = exposure.order
    truth = exposure.validation?.labels ?? []
    labels = training.labels
    let model = learner.fitNeighbors(
      Problem(features: rows.training, labels: labels, classCount: classCount))
    neighbors = (0..<rows.validation.rows).map { row in
      rows.validation.withRow(row, model.neighbors)
    }
    voters = Array(repeating: [], count: labels.count)
    votes = Array(repeating: 0, count: truth.count * classCount)
    for (v, nearest) in neighbors.enumerated() {
      for row in nearest {
        voters[row].append(v)
        votes[v * classCount + labels[row]] += 1
      }
    }
    best = Array(repeating: (0, 0), count: labels.count)
    stamps = Array(repeating: 0, count: labels.count)
    for row in labels.indices { best[row] = bestFlip(of: row) }
  }

  /// Makes the best flip.
  mutating func takeBest() -> (row: Int, label: Int) {
    var (chosen, top, label) = (-1, Int.min, 0)
    for row in order {
      if let flip = best[row], flip.key > top { (chosen, top, label) = (row, flip.key, flip.label) }
    }
    precondition(chosen >= 0, "More flips than rows")
    for v in voters[chosen] {
      votes[v * classCount + labels[chosen]] -= 1
      votes[v * classCount + label] += 1
    }
    labels[chosen] = label
    best[chosen] = nil
    clock += 1
    for v in voters[chosen] {
      for row in neighbors[v] where stamps[row] != clock && best[row] != nil {
        stamps[row] = clock
        best[row] = bestFlip(of: row)
      }
    }
    return (chosen, label)
  }

  private func bestFlip(of row: Int) -> (key: Int, label: Int)? {
    // Margins change by at most 2 a validation row, so a gain outweighs all reductions.
    let unit = 4 * truth.count + 1
    var best: (key: Int, label: Int)?
    for label in rivals where label != labels[row] {
      var key = 0
      for v in voters[row] {
        let before = outcome(v, 0, from: 0, to: 0)
        let after = outcome(v, 1, from: labels[row], to: label)
        key += (before.isRight ? 1 : 0) * unit - (after.isRight ? 1 : 0) * unit
        key += before.margin - after.margin
      }
      if key > best?.key ?? Int.min { best = (key, label) }
    }
    return best
  }

  /// Whether a validation row is classified right, and by how many votes, once some votes move.
  private func outcome(
    _ v: Int, _ moved: Int, from old: Int, to new: Int
  ) -> (isRight: Bool, margin: Int) {
    var (mine, most, isRight) = (0, 0, true)
    for c in 0..<classCount {
      let count = votes[v * classCount + c] - (c == old ? moved : 0) + (c == new ? moved : 0)
      if c == truth[v] { mine = count } else { most = max(most, count) }
    }
    for c in 0..<truth[v] {
      let count = votes[v * classCount + c] - (c == old ? moved : 0) + (c == new ? moved : 0)
      if count >= mine { isRight = false }
    }
    return (isRight && mine >= most, mine - most)
  }
}
