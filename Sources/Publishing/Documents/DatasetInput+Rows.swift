import Datasets
import LinAlg
import Poisoning
import Sweeps
import Tracking

extension DatasetInput {
  /// All rows of the data of a study, as a whole sweep uses them.
  init(_ study: Study, origin: DataOrigin) {
    let dataset = study.dataset
    self.init(
      dataset.name, dataset, digest: study.dataDigest,
      rows: dataset.sampleCount - (study.validationFile?.rows ?? 0),
      sourceType: origin.type, source: origin.source(), context: "study")
  }

  /// The rows of one trial: those it trained on, clean and as they are, and those it was judged on.
  static func inputs(
    of fit: Fit, origin: DataOrigin
  ) -> [DatasetInput] {
    let (study, condition, trial) = (fit.study, fit.condition, fit.trial)
    let data = study.dataset
    let split = [
      ("seed", "\(fit.seed)"),
      study.validationFile.map { ("validation_file", $0.name) }
        ?? ("validation_share", "\(study.validationShare)"),
    ]
    let part = { (name: String, rows: [Int], context: String) in
      DatasetInput(
        name, data, digest: data.digest(ofRows: rows), rows: rows.count,
        source: origin.source(split), context: context)
    }
    let isPoisoned = !trial.patch.rows.isEmpty
    let training = { () -> DatasetInput? in
      let ids = trial.training.rowIDs
      let rows = try? Dataset(
        name: data.name, features: trial.training.features, labels: trial.training.labels,
        classNames: data.classNames, featureNames: data.featureNames, targetName: data.targetName,
        encoding: data.encoding
      ).grouped(by: data.groups?.selecting(ids)).weighted(by: data.sampleWeights?.selecting(ids))
      let poison = [
        ("attack", condition.attackName), ("poison_level", "\(condition.level.share)"),
      ]
      return rows.map { rows in
        DatasetInput(
          "\(data.name)-\(isPoisoned ? "poisoned" : "train")", data, digest: rows.digest,
          rows: rows.sampleCount, poisonedRows: trial.isPoisoned.count { $0 },
          source: origin.source(split + (isPoisoned ? poison : [])), context: "training")
      }
    }
    // Sets that grow have some of the rows of a split, or rows that are in no file.
    if study.source.grows { return [training()].compactMap { $0 } }
    let clean = part("\(data.name)-train", trial.split.train, isPoisoned ? "clean" : "training")
    let validation = part("\(data.name)-validation", trial.split.validation, "validation")
    if isPoisoned, let training = training() { return [training, validation, clean] }
    return [clean, validation]
  }

  private init(
    _ name: String, _ dataset: Dataset, digest: String, rows: Int, poisonedRows: Int = 0,
    sourceType: String = "code", source: String, context: String
  ) {
    let columns =
      dataset.featureNames.map { Column($0, type: "double") }
      + [Column(dataset.targetName, type: "string")]
    let elements = rows * columns.count
    self.init(
      // MLflow keeps at most 36 characters of a digest.
      name: name, digest: String(digest.prefix(16)), sourceType: sourceType, source: source,
      columns: columns,
      profile:
        "{\"num_rows\": \(rows), \"num_elements\": \(elements), \"poisoned_rows\": \(poisonedRows)}",
      context: context)
  }
}
