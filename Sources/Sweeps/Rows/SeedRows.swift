import Datasets
import LinAlg
import Poisoning

/// The rows of one seed: those that can be trained on, in the order in which sets grow, and others.
struct SeedRows: Sendable {
  /// All rows that can be trained on, clean.
  let pool: TrainingSet

  /// The clean rows that models are judged on.
  let validation: LabeledRows

  /// The rows that somebody vouches for, for defences.
  let trusted: LabeledRows

  /// The rows of the data set behind them; none where rows are drawn.
  let split: Split
}

/// Gives a study the rows of one seed after another.
struct RowDrawing: Sendable {
  private let study: Study
  private let generator: (any DataGenerator)?
  private let labels: [Int]
  private let validationLabels: [Int]

  /// Fits the generator of the study, where it has one.
  ///
  /// - Precondition: `study` was made by its checking initialiser.
  init(_ study: Study) {
    self.study = study
    guard case .generator(let choice, let pool, let validation) = study.source else {
      (generator, labels, validationLabels) = (nil, [], [])
      return
    }
    guard let generator = try? choice.generator(for: study.dataset) else {
      preconditionFailure("A study whose generator cannot be made")
    }
    self.generator = generator
    labels = ClassSequence.labels(count: pool, priors: generator.priors)
    validationLabels = ClassSequence.labels(count: validation, priors: generator.priors)
  }

  func rows(seed: UInt32) -> SeedRows {
    let (dataset, key) = (study.dataset, study.key)
    if let generator {
      return SeedRows(
        pool: TrainingSet(
          features: generator.features(ofClasses: labels, key: key, seed: seed), labels: labels,
          rowIDs: Array(labels.indices), classCount: dataset.classCount),
        validation: LabeledRows(
          features: generator.features(
            ofClasses: validationLabels, key: key, purpose: .generatorValidation, seed: seed),
          labels: validationLabels),
        trusted: LabeledRows(dataset, rows: []), split: Split.none)
    }
    var splitter = study.splitter
    splitter.draw(key: key, seed: seed)
    let split = splitter.split
    let train =
      study.source.grows
      ? GrowthOrder.rows(
        split.train, labels: dataset.labels, classCount: dataset.classCount, key: key, seed: seed)
      : split.train
    let fitted = FittedEncoding(dataset, trainingRows: split.train)
    return SeedRows(
      pool: TrainingSet(dataset, rows: train, fitted),
      validation: LabeledRows(dataset, rows: split.validation, fitted),
      trusted: LabeledRows(dataset, rows: split.trusted, fitted), split: split)
  }
}
