import Documents
import LinAlg

/// Flips of the rows nearest to, or farthest from, the boundary of a model of the clean rows.
///
///     m_i = min_{c≠yᵢ} δ_c(x_i),   δ_c: distance on the side of yᵢ from the boundary between yᵢ and c
///     softmax: δ_c = s_yᵢ − s_c;   support vector machines: δ_c = f_yᵢc / ‖w_yᵢc‖
///
/// Near: the smallest m first, each row to arg min δ_c. Far: the largest first, each to arg max δ_c.
/// Rows that the model itself gets wrong have m < 0: near takes them first, those deepest among
/// another class before all others, and far takes them last. Of equal m the row that comes first in
/// the common order; of equal δ the smaller class.
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

  static let near = entry(.near, "labels of the rows nearest to a model's boundary", "first")
  static let far = entry(.far, "labels of the rows farthest from a model's boundary", "last")

  private static func entry(
    _ preference: Preference, _ summary: String, _ place: String
  ) -> AttackEntry {
    AttackEntry(
      name: preference.rawValue, summary: summary,
      parameters: Surrogate.entries(
        SurrogateKind.allCases, note: "; its mistakes come \(place)"),
      threat: threat
    ) { parameters throws(SpecificationError) in
      MarginFlip(preference, surrogate: try parameters.surrogate(among: SurrogateKind.allCases))
    }
  }

  /// See `Attack`.
  package func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    for (index, distances) in surrogate.distances(exposures).enumerated() {
      rank(exposures[index], distances, count, &patches[index])
    }
  }

  private func rank(
    _ exposure: Exposure, _ distances: Matrix<Double>, _ count: Int, _ patch: inout Patch
  ) {
    let base = exposure.training
    let rivals = base.rivalClasses
    var margins = [Double](repeating: 0, count: base.count)
    var targets = base.labels
    for row in 0..<base.count {
      let others = rivals.filter { $0 != base.labels[row] }
      guard var nearest = others.first else { continue }
      var farthest = nearest
      for c in others {
        if distances[row, c] < distances[row, nearest] { nearest = c }
        if distances[row, c] > distances[row, farthest] { farthest = c }
      }
      let margin = distances[row, nearest]
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
