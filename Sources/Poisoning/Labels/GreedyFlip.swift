import Documents
package import Models

/// Greedy flips against softmax regression: those that raise its validation loss most.
///
/// Step by step, with the labels flipped so far:
///
///     I(i → c) = −∇L_valᵀ·H⁻¹·[∇l(x_i, c) − ∇l(x_i, y_i)]     for every flip, one H a step
///
/// the `candidates` flips of largest I are made for trial, each with a fit from the minimum before;
/// the one with the largest validation log loss is kept, of equal ones the one with the larger I,
/// then the earlier row and class. A row is flipped once. A step keeps max(1, ⌈n/200⌉) flips: after
/// the trials in the order of their losses the others in the order of I. Steps depend on n alone, so
/// flips are one ranking, of which a budget takes the beginning.
///
/// Seeds run in lockstep, one a SIMD lane.
///
/// Complexity: a step takes one Hessian, n·K·d for I, and `candidates` + 1 fits of few iterations.
///
/// Source: Paudice, Muñoz-González, Lupu, "Label sanitization against label flipping poisoning
/// attacks", ECML PKDD Workshops 2018, which refits every flip; the influence of Koh,
/// Liang, ICML 2017, chooses the trials here.
package struct GreedyFlip: Attack, CataloguedAttack {
  /// The model under attack.
  package let learner: SoftmaxRegression

  /// Number of flips that are made for trial in a step.
  package let candidates: Int

  /// Chooses the model and the number of trials.
  ///
  /// - Precondition: At least one candidate.
  package init(_ learner: SoftmaxRegression, candidates: Int = 8) {
    precondition(candidates >= 1, "No candidate")
    (self.learner, self.candidates) = (learner, candidates)
  }

  /// What differs from C = 1 and 8 candidates.
  package var parameters: [String: String] {
    changed(["C": "\(learner.c)", "candidates": "\(candidates)"])
  }

  static let entry = AttackEntry(
    name: "greedy",
    summary: "labels whose change raises the validation loss of softmax regression most",
    parameters: [
      .init("C", "inverse strength of its penalty, above 0", default: "1"),
      .init("candidates", "flips that are tried in a step, 1 or more", default: "8"),
    ],
    threat: ThreatModel(
      knowledge: .whiteBox, seesValidation: true, changes: .labels, constraint: .rows),
    flows: [.replace, .delete]
  ) { parameters throws(SpecificationError) in
    GreedyFlip(
      try SoftmaxRegression(c: parameters.number("C")),
      candidates: try parameters.count("candidates"))
  }

  /// See `Attack`.
  package func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    for group in Exposure.groups(exposures, seesValidation: true) {
      for index in group { patches[index].begin(changesLabels: true) }
      if count > 0 { poison(exposures[group], count, &patches) }
    }
  }

  private func poison(
    _ exposures: ArraySlice<Exposure>, _ count: Int, _ patches: inout [Patch]
  ) {
    let batch = Exposure.batch(exposures, seesValidation: true)
    let (n, lanes) = (batch.shape.sampleCount, exposures.count)
    var flips = SoftmaxFlips(learner, batch, count: lanes)
    let stepSize = max(1, (n + 199) / 200)
    let rivals = exposures.map(\.training.rivalClasses)
    var isFlipped = Array(repeating: [Bool](repeating: false, count: n), count: lanes)
    for start in stride(from: 0, to: count, by: stepSize) {
      let influences = flips.influences()
      // Of each row at most K − 1 flips stand before the one that is kept.
      let size = candidates + stepSize * (batch.shape.classCount - 1)
      let ranked = (0..<lanes).map { lane in
        Self.largest(
          size, influences[lane], batch.shape.classCount, rivals[lane], flips.labels(lane),
          isFlipped[lane])
      }
      var tried = Array(repeating: [(loss: Double, flip: SoftmaxFlips.Flip)](), count: lanes)
      for trial in 0..<min(candidates, ranked.map(\.count).max() ?? 0) {
        let each = ranked.map { trial < $0.count ? $0[trial] : nil }
        let losses = flips.losses(after: each)
        for lane in 0..<lanes {
          guard let flip = each[lane] else { continue }
          // Behind equal losses, which were tried before.
          let place = tried[lane].firstIndex { $0.loss < losses[lane] } ?? tried[lane].count
          tried[lane].insert((losses[lane], flip), at: place)
        }
      }
      let kept = (0..<lanes).map { lane in
        keep(min(stepSize, n - start), tried[lane].map(\.flip), ranked[lane], &isFlipped[lane])
      }
      for lane in 0..<lanes {
        let patch = exposures.startIndex + lane
        for flip in kept[lane].prefix(count - start) {
          patches[patch].append(row: flip.row, label: flip.label)
        }
      }
      if start + stepSize < count { flips.apply(kept) }
    }
  }

  /// The first flips of different rows: the tried ones, then the others.
  private func keep(
    _ count: Int, _ tried: [SoftmaxFlips.Flip], _ ranked: [SoftmaxFlips.Flip],
    _ isFlipped: inout [Bool]
  ) -> [SoftmaxFlips.Flip] {
    var kept: [SoftmaxFlips.Flip] = []
    for flip in tried + ranked.dropFirst(tried.count)
    where kept.count < count && !isFlipped[flip.row] {
      isFlipped[flip.row] = true
      kept.append(flip)
    }
    return kept
  }

  /// The flips of largest influence, in descending order; of equal ones the earlier row and class.
  private static func largest(
    _ count: Int, _ influences: [Double], _ classCount: Int, _ rivals: [Int], _ labels: [Int],
    _ isFlipped: [Bool]
  ) -> [SoftmaxFlips.Flip] {
    var ranked: [(influence: Double, flip: SoftmaxFlips.Flip)] = []
    for row in labels.indices where !isFlipped[row] {
      for label in rivals where label != labels[row] {
        let influence = influences[row * classCount + label]
        if ranked.count == count, let last = ranked.last, !(influence > last.influence) { continue }
        if ranked.count == count { ranked.removeLast() }
        var place = ranked.count
        while place > 0, influence > ranked[place - 1].influence { place -= 1 }
        ranked.insert((influence, .init(row: row, label: label)), at: place)
      }
    }
    return ranked.map(\.flip)
  }
}
