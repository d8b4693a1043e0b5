import Documents
import Models

extension DefenseCatalog {
  /// The defences of the family, in the order they are listed.
  static let detectors: [DefenseEntry] = [
    detector(
      "isolation-forest", "removes rows that few random cuts set apart from all others",
      parameters: [
        .init("n_estimators", "a whole number from 1 to 10000", default: "100"),
        .init("max_samples", "a whole number from 2 to 1000000", default: "256"),
      ], scope: .global, cost: "100 trees",
      source: "Liu, Ting, Zhou, Isolation forest, ICDM 2008"
    ) { parameters throws(SpecificationError) in
      .isolationForest(
        treeCount: try parameters.count("n_estimators", in: 1...10_000),
        sampleLimit: try parameters.count("max_samples", in: 2...1_000_000))
    },
    detector(
      "one-class-svm", "removes rows outside the smallest region that holds most of the others",
      parameters: [
        .init("nu", "a number above 0, at most 1: no larger share is outside", default: "0.1"),
        .init("gamma", Gamma.accepted, default: "scale"),
      ], scope: .perClass, isNative: true, cost: "a quadratic program",
      source: "Schölkopf et al., Neural Computation 13, 2001"
    ) { parameters throws(SpecificationError) in
      .oneClassMachine(
        nu: try parameters.number(
          "nu", accepted: "a number above 0, at most 1", where: { $0 > 0 && $0 <= 1 }),
        kernel: .rbf(gamma: try parameters.gamma("gamma")))
    },
    detector(
      "lof", "removes rows around which the data are thinner than around their neighbours",
      parameters: [.init("n_neighbors", "a whole number from 1 to 1000000", default: "20")],
      scope: .perClass, cost: "n² distances", source: "Breunig et al., LOF, SIGMOD 2000"
    ) { parameters throws(SpecificationError) in
      .localOutlierFactor(neighborCount: try parameters.count("n_neighbors"))
    },
    detector(
      "knn-distance", "removes rows far from their nearest neighbours",
      parameters: [.init("n_neighbors", "a whole number from 1 to 1000000", default: "5")],
      scope: .perClass, cost: "n² distances",
      source: "Ramaswamy, Rastogi, Shim, SIGMOD 2000"
    ) { parameters throws(SpecificationError) in
      .neighborDistance(neighborCount: try parameters.count("n_neighbors"))
    },
    detector(
      "mahalanobis", "removes rows far from the mean, in units of the covariance",
      scope: .perClass, cost: "one covariance", source: "Mahalanobis, 1936"
    ) { _ throws(SpecificationError) in .mahalanobis },
    detector(
      "mcd", "removes rows far from the tightest half of the others",
      scope: .perClass, cost: "about 100 covariances",
      source: "Rousseeuw, Van Driessen, Technometrics 41, 1999"
    ) { _ throws(SpecificationError) in .minimumCovariance },
  ]

  private static func detector(
    _ name: String, _ summary: String, parameters own: [Parameter] = [],
    scope standard: Detector.Scope, isNative: Bool = false, cost: String, source: String,
    score: @escaping @Sendable (SpecificationParameters) throws(SpecificationError) -> OutlierScore
  ) -> DefenseEntry {
    let common: [Parameter] = [
      .init(
        "scope", "class or global: which rows a row is compared with", default: standard.rawValue),
      .init("rate", "a share from 0 to 1: the highest scores go", default: "by alpha"),
      .init(
        "alpha",
        "a share above 0, below 0.5"
          + (isNative
            ? ", nominal: 0.01 removes 0 to 4 % of clean rows"
            : ": removals from clean classes that are normal"),
        default: "0.01"),
      .init(
        "threshold", "null (by alpha), native (the method's own), trusted (conformal) or rate",
        default: isNative ? "native" : "null"),
    ]
    return DefenseEntry(
      name: name, summary: summary, family: .detector, parameters: own + common, cost: cost,
      source: source
    ) { parameters throws(SpecificationError) in
      let scope: Detector.Scope = try parameters.choice("scope")
      let score = try score(parameters)
      let threshold = try threshold(parameters, isNative: isNative)
      guard threshold != .native || score.line(featureCount: 1) != nil else {
        throw parameters.invalid("threshold", accepted: "null, trusted or rate")
      }
      return .rows(
        Detector(
          name: name, parameters: parameters.changed, score: score, scope: scope,
          threshold: threshold))
    }
  }

  /// How `threshold`, `rate` and `alpha` are read: a rate alone is enough.
  private static func threshold(
    _ parameters: SpecificationParameters, isNative: Bool
  ) throws(SpecificationError) -> Threshold {
    let alpha = try parameters.number(
      "alpha", accepted: "a share above 0, below 0.5", where: { $0 > 0 && $0 < 0.5 })
    let isRate = parameters.text("rate") != nil
    switch parameters.text("threshold") {
    case nil where isRate, "rate" where isRate:
      guard parameters.text("alpha") == nil else {
        throw parameters.invalid("alpha", accepted: "left out beside a rate")
      }
      return .rate(
        try parameters.share("rate"))
    case "rate":
      throw parameters.missing("rate", accepted: "a share from 0 to 1, such as 0.1")
    case _ where isRate:
      throw parameters.invalid("rate", accepted: "left out unless threshold=rate")
    case nil where isNative && parameters.text("alpha") == nil: return .native
    case nil, "null": return .null(alpha: alpha)
    case "native":
      guard parameters.text("alpha") == nil else {
        throw parameters.invalid("alpha", accepted: "left out beside threshold=native")
      }
      return .native
    case "trusted": return .trusted(alpha: alpha)
    default: throw parameters.invalid("threshold", accepted: "null, native, trusted or rate")
    }
  }
}
