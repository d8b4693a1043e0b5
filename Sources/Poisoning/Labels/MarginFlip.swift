import Documents
import LinAlg

/// Flips of the rows that a model of the clean rows is least, or most, sure of.
///
///     m_i = s_yᵢ(x_i) − max_{c≠yᵢ} s_c(x_i)
///
/// Near: the smallest margins first, each row to arg max_{c≠y} s_c. Far: the largest first, each to
/// arg min_{c≠y} s_c. Of equal margins the row that comes first in the common order; of equal
/// scores the smaller class. Scores are logits, or Σ_{b≠c} f_cb for support vector machines.
///
/// Source: Xiao, Biggio, Nelson, Xiao, Eckert, Roli, "Support vector machines under adversarial
/// label contamination", Neurocomputing 160 (2015): nearest-first and farthest-first flips.
package struct MarginFlip: Attack {
  /// Which rows come first.
  package enum Preference: String, Sendable {
    /// Those with the smallest margin.
    case near
    /// Those with the largest.
    case far
  }

  /// Which rows come first.
  package let preference: Preference

  /// The model that margins are of.
  package let surrogate: Surrogate

  /// Chooses the rows and the model.
  package init(_ preference: Preference, surrogate: Surrogate) {
    (self.preference, self.surrogate) = (preference, surrogate)
  }

  /// `near` or `far`.
  package var name: String { preference.rawValue }

  /// The surrogate, where it differs from softmax with C = 1.
  package var parameters: [String: String] { surrogate.parameters(among: SurrogateKind.allCases) }

  /// Labels, by a model of the attacker's own.
  package var threat: ThreatModel { Self.threat }

  private static let threat = ThreatModel(
    knowledge: .surrogate, changes: .labels, constraint: .rows)

  static let near = entry(.near, "labels of the rows nearest to a model's boundary")
  static let far = entry(.far, "labels of the rows farthest from a model's boundary")

  private static func entry(_ preference: Preference, _ summary: String) -> AttackEntry {
    AttackEntry(
      name: preference.rawValue, summary: summary,
      parameters: Surrogate.entries(SurrogateKind.allCases),
      threat: threat
    ) { parameters throws(SpecificationError) in
      MarginFlip(preference, surrogate: try parameters.surrogate(among: SurrogateKind.allCases))
    }
  }

  /// See `Attack`.
  package func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    for (index, scores) in surrogate.scores(exposures).enumerated() {
      rank(exposures[index], scores, count, &patches[index])
    }
  }

  private func rank(
    _ exposure: Exposure, _ scores: Matrix<Double>, _ count: Int, _ patch: inout Patch
  ) {
    let base = exposure.training
    let rivals = base.rivalClasses
    var margins = [Double](repeating: 0, count: base.count)
    var targets = base.labels
    for row in 0..<base.count {
      let own = base.labels[row]
      var (highest, lowest) = (-Double.infinity, Double.infinity)
      var (nearest, farthest) = (own, own)
      for c in rivals where c != own {
        let score = scores[row, c]
        if score > highest { (highest, nearest) = (score, c) }
        if score < lowest { (lowest, farthest) = (score, c) }
      }
      let margin = scores[row, own] - highest
      margins[row] = preference == .near ? margin : -margin
      targets[row] = preference == .near ? nearest : farthest
    }
    let ranks = exposure.ranks
    let rows = exposure.order.sorted {
      margins[$0] < margins[$1] || (margins[$0] == margins[$1] && ranks[$0] < ranks[$1])
    }
    patch.begin(changesLabels: true)
    for row in rows.prefix(count) { patch.append(row: row, label: targets[row]) }
  }
}
