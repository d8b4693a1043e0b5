package import Datasets
import Defenses
import Models
import Poisoning
package import Provenance
package import Sweeps

extension RunDump {
  /// What became of the rows on the way to the files of a run, step by step.
  ///
  /// - Parameters:
  ///   - input: The data as they were read.
  ///   - judged: The file whose rows the model is judged on, as it was read; nil for rows of the data.
  ///   - folder: Where the files are.
  /// - Throws: `DatasetsError`, for files that are gone.
  package static func steps(
    _ fit: Fit, input: ProvenanceStep.Table, judged: ProvenanceStep.Table? = nil,
    in folder: String
  ) throws(DatasetsError) -> [ProvenanceStep] {
    let (study, condition, trial) = (fit.study, fit.condition, fit.trial)
    let training = try table("\(folder)/train.csv")
    let validation = try table("\(folder)/validation.csv")
    let defended = trial.defended
    let target = ["target": study.dataset.targetName, "seed": "\(fit.seed)"]
    // Rows of the first input, from 1, so those of the data.
    let rows = { (isMeant: (Int) -> Bool) in
      trial.training.rowIDs.indices.filter(isMeant).map {
        study.dataset.sourceRow(trial.training.rowIDs[$0]) + 1
      }
    }
    var steps = [
      ProvenanceStep(
        .split, inputs: [input] + [judged].compactMap { $0 }, outputs: [validation],
        parameters: target.merging([
          "validation": study.validationFile?.name ?? "\(study.validationShare)"
        ]) { $1 },
        // Those of another file are no rows of the data.
        rows: study.validationFile == nil
          ? trial.split.validation.map { study.dataset.sourceRow($0) + 1 } : []),
      ProvenanceStep(
        .poison, inputs: [input], outputs: defended == nil ? [training] : [],
        parameters: target.merging([
          "attack": condition.level == .clean ? "none" : condition.attack.specification,
          "level": "\(condition.level.share)",
        ]) { $1 },
        rows: rows { trial.isPoisoned[$0] }),
    ]
    if let defended {
      steps.append(
        ProvenanceStep(
          .defend, inputs: [input], outputs: [training],
          parameters: target.merging(["defense": condition.defense.specification]) { $1 },
          rows: rows { defended.isFlagged[$0] }))
    }
    steps.append(
      ProvenanceStep(
        .train, inputs: [training, validation], outputs: [try table("\(folder)/predictions.csv")],
        parameters: target.merging(["model": fit.model.name]) { $1 }
          .merging(fit.isSecret ? ["noise": "system"] : [:]) { $1 }))
    return steps
  }

  private static func table(_ path: String) throws(DatasetsError) -> ProvenanceStep.Table {
    ProvenanceStep.Table(
      TableVersion(try CSVRecords(bytes: CSVReader.bytes(contentsOf: path), file: path)),
      path: path)
  }
}

extension PoisonedFile {
  /// What the attack did, as an entry of a log of provenance records it.
  ///
  /// - Parameters:
  ///   - input: The file that was read; nil for data that are built in.
  ///   - name: What the data are called.
  ///   - output: The path of the file that was written.
  ///   - bytes: `bytes`, which take time to make.
  /// - Throws: `DatasetsError`, for what cannot be divided into rows.
  package func step(
    from input: ProvenanceStep.Table?, named name: String, to output: String, bytes: [UInt8]
  ) throws(DatasetsError) -> ProvenanceStep {
    var input = input
    if input == nil {
      let records = try CSVRecords(bytes: rows.bytes, file: name, dialect: rows.dialect)
      input = ProvenanceStep.Table(TableVersion(records), path: nil)
    }
    let after = TableVersion(
      try CSVRecords(bytes: bytes, file: output, dialect: rows.dialect))
    return ProvenanceStep(
      .poison, inputs: [input].compactMap(\.self),
      outputs: [ProvenanceStep.Table(after, path: output)],
      parameters: [
        "attack": level == .clean ? "none" : attack.specification, "flow": attack.flow.rawValue,
        "level": "\(level.share)", "seed": "\(seed)", "target": dataset.targetName,
      ],
      rows: patch.rows.map { dataset.sourceRow($0) + 1 })
  }
}
