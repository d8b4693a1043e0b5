import Documents
import Models

extension DefenseCatalog {
  /// The defences of the family, in the order they are listed.
  static let training: [DefenseEntry] = [
    labelSmoothing, generalized, forward, huberized, ramp, descent, objective,
  ]

  private static let labelSmoothing = DefenseEntry(
    name: "label-smoothing", summary: "spreads a share of every label over all classes",
    family: .training,
    parameters: [.init("smoothing", "a share from 0 to below 1", default: "0.1")],
    isNative: { $0 is SoftmaxRegression }, cost: "1 fit", source: "Szegedy et al., CVPR 2016"
  ) { parameters throws(SpecificationError) in
    loss(
      parameters,
      .smoothing(
        try parameters.number(
          "smoothing", accepted: "a share from 0 to below 1",
          where: { $0 >= 0 && $0 < 1 })))
  }

  private static let generalized = DefenseEntry(
    name: "gce", summary: "weighs rows down that the model contradicts: generalised cross-entropy",
    family: .training,
    parameters: [
      .init("q", "a number above 0, at most 1", default: "0.7"),
      .init("starts", "a whole number from 1 to 1000", default: "5"),
    ], isNative: { $0 is SoftmaxRegression }, cost: "about 50 fits",
    source: "Zhang, Sabuncu, NeurIPS 2018"
  ) { parameters throws(SpecificationError) in
    loss(
      parameters,
      .generalized(
        q: try parameters.number(
          "q", accepted: "a number above 0, at most 1", where: { $0 > 0 && $0 <= 1 }),
        starts: try parameters.count("starts", in: 1...1_000)))
  }

  private static let forward = DefenseEntry(
    name: "forward", summary: "fits what the labels would be without noise: forward correction",
    family: .training,
    parameters: [
      .init(
        "noise", "estimate, or a share from 0 to below 1 of labels that are wrong",
        default: "estimate"),
      .init("folds", "a whole number from 2 to 1000, for the estimate", default: "5"),
      .init("starts", "a whole number from 1 to 1000", default: "5"),
    ], isNative: { $0 is SoftmaxRegression }, cost: "about 100 fits",
    source: "Patrini et al., CVPR 2017"
  ) { parameters throws(SpecificationError) in
    let starts = try parameters.count("starts", in: 1...1_000)
    let folds = try parameters.count("folds", in: 2...1_000)
    guard let text = parameters.text("noise"), text != "estimate" else {
      return loss(parameters, .forward(.estimated(folds: folds), starts: starts))
    }
    let share = try parameters.number(
      "noise", accepted: "estimate or a share from 0 to below 1", where: { $0 >= 0 && $0 < 1 })
    return loss(parameters, without: "folds", .forward(.symmetric(share), starts: starts))
  }

  private static let huberized = DefenseEntry(
    name: "huber-hinge", summary: "rounds the corner of the hinge: Huber's loss on the margin",
    family: .training,
    parameters: [.init("h", "a positive number", default: "0.5")],
    isNative: { $0 is SupportVectorClassifier }, cost: "1 fit",
    source: "Chapelle, Neural Computation 19, 2007"
  ) { parameters throws(SpecificationError) in
    loss(parameters, .margin(.huberized(h: try parameters.number("h"))))
  }

  private static let ramp = DefenseEntry(
    name: "ramp", summary: "bounds what a row on the wrong side costs, as Tukey's loss does",
    family: .training,
    parameters: [.init("s", "a negative number", default: "-1")],
    isNative: { $0 is SupportVectorClassifier }, cost: "2 to 10 fits",
    source: "Collobert, Sinz, Weston, Bottou, ICML 2006"
  ) { parameters throws(SpecificationError) in
    loss(
      parameters,
      .margin(
        .ramp(
          s: try parameters.number("s", accepted: "a negative number", where: { $0 < 0 }))))
  }

  private static let descent = DefenseEntry(
    name: "dp-sgd",
    summary: "descends with clipped, noisy gradients: (ε, δ)-differentially private training",
    family: .training,
    parameters: [
      epsilon,
      .init("delta", "a number above 0, below 1", default: "1e-05"),
      .init("clip", "a positive number: the largest norm of a row's gradient", default: "1"),
      .init("sampling", "a share above 0, at most 1: rows of a step", default: "0.2"),
      .init("steps", "a whole number from 1 to 100000", default: "200"),
      .init("learning_rate", "a positive number", default: "1"),
    ], isNative: isLinear, cost: "1 fit", source: "Abadi et al., CCS 2016"
  ) { parameters throws(SpecificationError) in
    let epsilon = try parameters.number("epsilon")
    let delta = try parameters.number(
      "delta", accepted: "a number above 0, below 1", where: { $0 > 0 && $0 < 1 })
    let sampling = try parameters.number(
      "sampling", accepted: "a share above 0, at most 1",
      where: { $0 > 0 && $0 <= 1 })
    let steps = try parameters.count("steps", in: 1...100_000)
    let isStandard = (epsilon, delta, sampling, steps) == (8, 1e-5, 0.2, 200)
    let noise =
      isStandard
      ? standardNoise
      : PrivacyLoss.noiseMultiplier(
        epsilon: epsilon, delta: delta, samplingRate: sampling, steps: steps)
    guard let noise else {
      throw SpecificationError(
        .defense, parameters.subject,
        .unfit(
          reason: "No noise is known to give ε = \(epsilon), δ = \(delta) in \(steps) steps; "
            + "accepted: a larger ε or δ, or fewer steps"))
    }
    let schedule = PrivateGradientDescent.Schedule(
      noiseMultiplier: noise, clippingNorm: try parameters.number("clip"), samplingRate: sampling,
      steps: steps, learningRate: try parameters.number("learning_rate"))
    return .training(
      PrivateTraining(
        name: parameters.subject,
        parameters: parameters.changed,
        mechanism: .descent(schedule),
        privacy: PrivacyGuarantee(epsilon: epsilon, delta: delta)))
  }

  /// That of the default parameters, which takes a tenth of a second.
  private static let standardNoise = PrivacyLoss.noiseMultiplier(
    epsilon: 8, delta: 1e-5, samplingRate: 0.2, steps: 200)

  private static let epsilon = Parameter(
    "epsilon", "a positive number: for one row replaced by another", default: "8")

  private static let objective = DefenseEntry(
    name: "objective-perturbation",
    summary: "adds a random slope to the objective: ε-differentially private training",
    family: .training,
    parameters: [
      epsilon,
      .init("data_norm", "a positive number: longer rows are shrunk to it", default: "3"),
    ], isNative: isLinear, cost: "1 fit",
    source: "Chaudhuri, Monteleoni, Sarwate, JMLR 12, 2011"
  ) { parameters throws(SpecificationError) in
    .training(
      PrivateTraining(
        name: parameters.subject, parameters: parameters.changed,
        mechanism: .objective(norm: try parameters.number("data_norm")),
        privacy: PrivacyGuarantee(
          epsilon: try parameters.number("epsilon"), delta: 0)))
  }

  private static let isLinear: @Sendable (any Learner) -> Bool = { learner in
    learner is SoftmaxRegression || (learner as? SupportVectorClassifier)?.kernel == .linear
  }

  private static func loss(
    _ parameters: SpecificationParameters, without unused: String? = nil, _ kind: RobustLoss.Kind
  ) -> Defense {
    .training(
      RobustLoss(
        name: parameters.subject, parameters: parameters.changed.filter { $0.key != unused },
        kind: kind))
  }
}
