import Documents
import Models

extension DefenseCatalog {
  /// The defences of the family, in the order they are listed.
  static let sanitizers: [DefenseEntry] = [
    neighborRelabel, editedNeighbors, centroidFilter(.sphere), centroidFilter(.slab), trim,
    confidentLearning,
  ]

  private static let neighborRelabel = DefenseEntry(
    name: "knn-relabel",
    summary: "gives a row the class of most of its neighbours, where they agree enough",
    family: .sanitizer,
    parameters: [
      .init("n_neighbors", "a whole number from 1 to 1000000", default: "10"),
      .init("eta", "a share above 0, at most 1: who must agree", default: "0.5"),
    ], cost: "n² distances", source: "Paudice, Muñoz-González, Lupu, 2018"
  ) { parameters throws(SpecificationError) in
    .rows(
      NeighborRelabel(
        neighborCount: try parameters.count("n_neighbors"),
        agreement: try parameters.number(
          "eta", accepted: "a share above 0, at most 1", where: { $0 > 0 && $0 <= 1 })
      ))
  }

  private static let editedNeighbors = DefenseEntry(
    name: "enn", summary: "removes a row whose neighbours have another class", family: .sanitizer,
    parameters: [
      .init("n_neighbors", "a whole number from 1 to 1000000", default: "3"),
      .init("kind", "mode (most) or all: which neighbours must have its class", default: "mode"),
    ], cost: "n² distances", source: "Wilson, IEEE SMC 2, 1972"
  ) { parameters throws(SpecificationError) in
    .rows(
      EditedNeighbors(
        neighborCount: try parameters.count("n_neighbors"),
        rule: try parameters.choice("kind")))
  }

  private static func centroidFilter(_ shape: CentroidFilter.Shape) -> DefenseEntry {
    DefenseEntry(
      name: shape.rawValue,
      summary: shape == .sphere
        ? "removes the rows of each class farthest from its centre"
        : "removes the rows of each class farthest along the lines to other classes",
      family: .sanitizer,
      parameters: [
        .init("rate", "a share from 0 to 1, of each class", default: "0.05"),
        .init("center", "mean or median: what the centre of a class is", default: "median"),
      ], cost: "n distances", source: "Steinhardt, Koh, Liang, NIPS 2017"
    ) { parameters throws(SpecificationError) in
      .rows(
        CentroidFilter(
          shape: shape, center: try parameters.choice("center"),
          rate: try parameters.share("rate")))
    }
  }

  private static let trim = DefenseEntry(
    name: "trim",
    summary: "removes the rows that the model fits worst, by turns of fitting and choosing",
    family: .sanitizer,
    parameters: [
      .init("rate", "a share from 0 to 1", default: "0.1"),
      .init("starts", "a whole number from 1 to 1000", default: "5"),
      .init("quota", "all, or class: the rate holds in each class", default: "all"),
    ], isNative: { _ in true }, cost: "20 to 100 fits",
    source: "Jagielski et al., IEEE S&P 2018"
  ) { parameters throws(SpecificationError) in
    .rows(
      Trim(
        rate: try parameters.share("rate"),
        startCount: try parameters.count("starts", in: 1...1_000),
        isStratified: try parameters.word("quota", of: ["all", "class"]) == "class"))
  }

  private static let confidentLearning = DefenseEntry(
    name: "confident-learning",
    summary: "removes or corrects labels that models of the other rows contradict",
    family: .sanitizer,
    parameters: [
      .init("folds", "a whole number from 2 to 1000", default: "5"),
      .init(
        "prune", LabelIssues.Rule.allCases.map(\.rawValue).joined(separator: ", "),
        default: LabelIssues.Rule.noiseRate.rawValue),
      .init("action", "remove or relabel", default: "remove"),
      .init("C", "a positive number: that of the softmax regressions", default: "1"),
    ], cost: "6 softmax fits", source: "Northcutt, Jiang, Chuang, JAIR 70, 2021"
  ) { parameters throws(SpecificationError) in
    .rows(
      ConfidentLearning(
        foldCount: try parameters.count("folds", in: 2...1_000),
        rule: try parameters.choice("prune"),
        action: try parameters.choice("action"),
        regression: try SoftmaxRegression(c: parameters.number("C"))))
  }
}
