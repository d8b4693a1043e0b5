import ArgumentParser

/// Studies of curves by name.
enum CurvePreset: String, CaseIterable {
  /// A first look: one attack, few seeds.
  case quick
  /// The course's claims about Iris.
  case claims = "iris-claims"
  /// More levels, attacks and defences.
  case full

  /// The names of all.
  static var names: [String] { allCases.map(\.rawValue) }

  var attacks: String {
    switch self {
    case .quick: "flip"
    case .claims: "uniform,pair"
    case .full: "uniform,flip,pair,near"
    }
  }

  var levels: String {
    switch self {
    case .quick: "0.1,0.3"
    case .claims: "0.05,0.10,0.50"
    case .full: "0.01,0.02,0.05,0.1,0.2,0.3,0.4,0.5,0.6"
    }
  }

  var defenses: String? {
    switch self {
    case .quick: "knn-relabel"
    case .claims: nil
    case .full: "knn-relabel,lof,trim"
    }
  }

  var seeds: Int {
    switch self {
    case .quick: 200
    case .claims: 4_096
    case .full: 1_024
    }
  }
}
