import Documents
import LinAlg

/// Adversarial label flips against support vector machines, by alternation.
///
/// Of n rows, find the k flips q and the machines f that minimise
///
///     Σ_{a<b} ½‖w_ab‖² + C·Σᵢ [e(xᵢ, y'ᵢ; f) − e(xᵢ, y'ᵢ; f₀)],   e(x, y; f) = Σ_{b≠y} max(0, 1 − f_yb(x))
///
/// where y' are the labels after the flips and f₀ the machines of the clean rows: labels that the
/// poisoned machines fit well and the clean ones fit badly. For two classes e is the hinge loss. The
/// alternation fits f to y', then flips the rows of smallest score
///
///     [e(xᵢ, c; f) − e(xᵢ, c; f₀)] − [e(xᵢ, yᵢ; f) − e(xᵢ, yᵢ; f₀)],   c the class where it is least,
///
/// both exact minima, until a selection comes again or 50 rounds are over. It starts from losses of
/// 0 (flips of largest clean loss), from the machines of the step before, and `restarts` times from
/// random losses; the smallest objective is kept.
///
/// Budgets are nested: a ladder of steps of max(1, ⌈n/20⌉) rows, each an alternation with all
/// earlier flips in place, and rows of a step in the order of their scores. So the rows poisoned at
/// 5 % are among those at 50 % and curves over levels are paired. What it gives up: the flips of a
/// budget are not the best that the alternation would find for that budget alone.
///
/// Complexity: 2 + `restarts` alternations a step, each of a few fits of the machines.
///
/// Source: Xiao, Xiao, Eckert, "Adversarial label flips attack on support vector machines", ECAI
/// 2012; several classes, the ladder and the starts are ours.
package struct Alfa: SeedwiseAttack, CataloguedAttack {
  /// The machine under attack.
  package let surrogate: Surrogate

  /// Number of random starts of each step.
  package let restarts: Int

  /// Rows of a step; nil for max(1, ⌈n/20⌉).
  private let stepSize: Int?

  /// Chooses the machine and the number of random starts.
  ///
  /// `stepSize` is for tests that want one step.
  /// - Precondition: The surrogate is a support vector machine.
  package init(surrogate: Surrogate, restarts: Int = 1, stepSize: Int? = nil) {
    precondition(surrogate.kind != .softmax, "ALFA attacks support vector machines")
    precondition(restarts >= 0 && stepSize ?? 1 >= 1, "\(restarts) restarts")
    (self.surrogate, self.restarts, self.stepSize) = (surrogate, restarts, stepSize)
  }

  /// What differs from a linear machine with C = 1 and one restart.
  package var parameters: [String: String] {
    surrogate.parameters(among: SurrogateKind.machines)
      .merging(changed(["restarts": "\(restarts)"])) { $1 }
  }

  static let entry = AttackEntry(
    name: "alfa", summary: "labels that support vector machines fit well and the clean ones badly",
    parameters: Surrogate.entries(SurrogateKind.machines)
      + [.init("restarts", "random starts of a step, 0 or more", default: "1")],
    threat: ThreatModel(knowledge: .whiteBox, changes: .labels, constraint: .rows),
    flows: [.replace, .delete]
  ) { parameters throws(SpecificationError) in
    Alfa(
      surrogate: try parameters.surrogate(among: SurrogateKind.machines),
      restarts: try parameters.count("restarts", in: 0...1_000))
  }

  /// See `SeedwiseAttack`.
  package func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    patch.begin(changesLabels: true)
    guard count > 0 else { return }
    let n = exposure.training.count
    let stepSize = stepSize ?? max(1, (n + 19) / 20)
    var search = AlfaSearch(exposure, surrogate)
    var streams = (0..<(restarts > 0 ? n : 0)).map { exposure.stream(.alfaStart, position: $0) }
    for start in stride(from: 0, to: count, by: stepSize) {
      let flips = search.step(min(stepSize, n - start), restarts: restarts, &streams)
      for flip in flips.prefix(count - start) { patch.append(row: flip.row, label: flip.label) }
    }
  }
}
