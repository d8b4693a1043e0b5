import Datasets
import LinAlg
import Models
import Poisoning
import Sweeps

/// Every kind of model on every embedded set, clean and poisoned, under some seeds.
func embeddedCases() throws -> [GraphCase] {
  try EmbeddedDataset.allCases.flatMap { embedded in
    let dataset = embedded.load()
    // Digits are twenty times the work.
    let isLarge = embedded == .digits
    let attacks = isLarge ? ["flip"] : ["flip", "uniform", "out-of-range"]
    let conditions =
      try [Condition(attack: AttackCatalog.attack("flip", for: dataset), level: .clean)]
      + attacks.map {
        Condition(
          attack: try AttackCatalog.attack($0, for: dataset), level: try PoisonLevel(0.3))
      }
    let models = try ModelCatalog.names.map { try ModelChoice($0) }
    return try [ScalerKind.standard, .robust].flatMap { scaler in
      let study = try Study(
        dataset: dataset, scaler: scaler, conditions: conditions, models: models)
      let seeds: ClosedRange<UInt32> = scaler == .robust || isLarge ? 0...0 : 0...2
      return try seeds.flatMap { seed in
        try conditions.flatMap { condition in
          let trial = study.trial(condition, seed: seed)
          return try models.map { model in
            try GraphCase(
              "\(embedded) \(scaler) \(condition.attackName) \(model.name) \(seed)",
              model.learner.fit(trial.problem, threads: 1), trial.scaler,
              dataset.features.selectingRows(trial.split.validation),
              classNames: dataset.classNames, featureNames: dataset.featureNames)
          }
        }
      }
    }
  }
}

/// Rows of small whole numbers, many of them equal, with classes drawn at random.
func wholeNumbers(
  _ rows: Int, classCount: Int, weights: [Double]? = nil, seed: UInt32
) -> Problem {
  var stream = RandomStream(key: .standard, purpose: RandomPurpose(900), seed: seed)
  return Problem(
    features: Matrix(
      rows: rows, columns: 3,
      elements: (0..<rows * 3).map { _ in Double(stream.integer(below: 3)) }),
    labels: (0..<rows).map { _ in stream.integer(below: classCount) },
    weights: weights.map { choices in
      (0..<rows).map { _ in choices[stream.integer(below: choices.count)] }
    }, classCount: classCount)
}

/// All points with coordinates 0, ½, 1, 1½ and 2, in three dimensions.
let grid: Matrix<Double> = {
  var points = Matrix<Double>(rows: 125, columns: 3)
  for row in 0..<125 {
    for (column, step) in [25, 5, 1].enumerated() {
      points[row, column] = Double(row / step % 5) / 2
    }
  }
  return points
}()

/// Nearest neighbours among rows that are equal or equally far, and votes that tie.
func neighborTieCases() throws -> [GraphCase] {
  let small = wholeNumbers(60, classCount: 3, seed: 1)
  let weighted = wholeNumbers(60, classCount: 3, weights: [0, 0.1, 0.3, 1, 1e10], seed: 2)
  let large = wholeNumbers(5000, classCount: 4, seed: 3)
  return try (Array(1...8) + [60]).flatMap { k in
    let learner = try NearestNeighbors(neighborCount: k)
    return [
      try GraphCase("ties \(k)", learner, small, grid),
      try GraphCase("weighted ties \(k)", learner, weighted, grid),
    ]
  }
    + [1, 5, 50, 3000].map {
      try GraphCase("many ties \($0)", NearestNeighbors(neighborCount: $0), large, grid)
    }
}

/// Classes at random, so that many rows have as many votes for one class as for another.
func voteTieCases() throws -> [GraphCase] {
  let kernels: [Kernel] = [.linear, .rbf(gamma: .scale), .rbf(gamma: .value(4))]
  return try [3, 5].flatMap { classCount in
    try kernels.map { kernel in
      try GraphCase(
        "vote ties \(classCount) \(kernel)", SupportVectorClassifier(kernel: kernel),
        wholeNumbers(60, classCount: classCount, seed: 4), grid, scaler: .standard)
    }
  }
}

/// The corners of a square, opposite ones alike: on its axes every decision value is 0 but for
/// rounding.
func symmetricCases() throws -> [GraphCase] {
  let corners = Problem(
    features: Matrix(rows: 4, columns: 2, elements: [1, 1, -1, -1, 1, -1, -1, 1]),
    labels: [0, 0, 1, 1], classCount: 2)
  let rows = Matrix<Double>(
    rows: 25, columns: 2,
    elements: (-2...2).flatMap { x in (-2...2).flatMap { [Double(x), Double($0)] } })
  return try ModelCatalog.names.map { kind in
    let learner = try ModelChoice(kind, defaults: ["n_neighbors": "2"]).learner
    return try GraphCase("square \(kind)", learner, corners, rows)
  }
}

/// Features as large as they may be, and so small that their squares are near the end of the doubles.
func extremeCases() throws -> [GraphCase] {
  let iris = EmbeddedDataset.iris.load()
  return try [1e49, 1e-150].flatMap { unit in
    let features = Matrix(
      rows: iris.sampleCount, columns: 4, elements: iris.features.elements.map { $0 * unit })
    let problem = Problem(features: features, labels: iris.labels, classCount: 3)
    return try ModelCatalog.names.map {
      try GraphCase(
        "\($0) of \(unit)", ModelChoice($0).learner, problem, features, scaler: .standard)
    }
      + ["rbf-svm", "knn"].map {
        try GraphCase("\($0) of \(unit), unscaled", ModelChoice($0).learner, problem, features)
      }
  }
}

/// No row, one class, two classes, classes without a row, one feature, one row to judge, odd names.
func degenerateCases() throws -> [GraphCase] {
  let names = ["", "label", "caf\u{e9}", "cafe\u{301}", "日本 \"\\\n\u{1}"]
  return try ModelCatalog.names.flatMap { kind in
    let learner = try ModelChoice(kind, defaults: ["n_neighbors": "4"]).learner
    func problem(_ labels: [Int], of classCount: Int) -> Problem {
      Problem(
        features: Matrix(
          rows: labels.count, columns: 1,
          elements: labels.indices.map { Double($0 * $0) / 3 }),
        labels: labels, classCount: classCount)
    }
    let rows = Matrix<Double>(rows: 4, columns: 1, elements: [-1, 0, 2.5, 40])
    let row = Matrix<Double>(rows: 1, columns: 1, elements: [2.5])
    return [
      try GraphCase("\(kind) no row", learner, problem([], of: 3), rows),
      try GraphCase("\(kind) one class of two", learner, problem([1, 1, 1], of: 2), rows),
      try GraphCase("\(kind) one class of three", learner, problem([1, 1, 1], of: 3), rows),
      try GraphCase("\(kind) two classes", learner, problem([0, 1, 0, 0, 1, 1], of: 2), rows),
      try GraphCase("\(kind) two of three", learner, problem([1, 2, 1, 1, 2, 2], of: 3), row),
      try GraphCase(
        "\(kind) two of five", learner, problem([1, 3, 1, 1, 3, 3], of: 5), rows,
        scaler: .robust, classNames: names),
    ]
  }
}
