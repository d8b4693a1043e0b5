/// Studies of curves by name.
enum CurvePreset: String, CaseIterable {
  /// A first look: one attack, few seeds.
  case quick
  /// The course's claims about Iris.
  case claims = "iris-claims"
  /// More levels, attacks and defences.
  case full

  var choice: (attacks: String, levels: String, defenses: String?, seeds: Int) {
    switch self {
    case .quick: (attacks: "flip", levels: "0.1,0.3", defenses: "knn-relabel", seeds: 200)
    case .claims: (attacks: "uniform,pair", levels: "0.05,0.10,0.50", defenses: nil, seeds: 4_096)
    case .full:
      (
        attacks: "uniform,flip,pair,near", levels: "0.01,0.02,0.05,0.1,0.2,0.3,0.4,0.5,0.6",
        defenses: "knn-relabel,lof,trim", seeds: 1_024
      )
    }
  }
}
