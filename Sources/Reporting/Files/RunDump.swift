public import Datasets
public import Files
import LinAlg
import Models
import Poisoning
public import Sweeps

/// The files by which any other tool can check a run.
///
/// * `train.csv`: row_id, poisoned, weight, the features after poisoning and before scaling, target;
///   rows that a defence has removed weigh 0, and targets are those it has corrected
/// * `validation.csv`: row_id, features, target
/// * `predictions.csv`: row_id, target, predicted, one `score_CLASS` a class
/// * `run.json`: the configuration and the fitted model
///
/// Features are as models see them, and `run.json` says how columns of the file became them; `row_id` is the row
/// of the file, from 0.
///
/// Numbers have the fewest digits that give the same double back.
public enum RunDump {
  /// The names of the files.
  public static let names = ["train.csv", "validation.csv", "predictions.csv", "run.json"]

  /// The first column of the data whose name the files need for their own.
  public static func clash(with dataset: Dataset) -> String? {
    let own = ["row_id", "poisoned", "weight"]
    return (dataset.featureNames + [dataset.targetName]).first { own.contains($0) }
      ?? (dataset.targetName == "predicted" ? dataset.targetName : nil)
  }

  /// Writes the four files into a folder.
  ///
  /// - Throws: `FilesError.unwritable`.
  public static func write(
    _ fit: Fit, target: TargetTally?, to folder: ResultsFolder
  ) throws(FilesError) {
    let (trial, prediction) = (fit.trial, fit.evaluation.prediction)
    let data = fit.study.dataset
    var training = CSVWriter(
      header: ["row_id", "poisoned", "weight"] + data.featureNames + [data.targetName])
    // As the model gets them: after a defence has corrected labels.
    for (position, row) in trial.training.rowIDs.enumerated() {
      training.append(
        [
          String(data.sourceRow(row)), trial.isPoisoned[position] ? "1" : "0",
          CSVWriter.field(trial.problem.weights[position]),
        ] + fields(trial.training.features, position)
          + [data.classNames[trial.problem.labels[position]]])
    }
    var validation = CSVWriter(header: ["row_id"] + data.featureNames + [data.targetName])
    var predictions = CSVWriter(
      header: ["row_id", data.targetName, "predicted"] + data.classNames.map { "score_\($0)" })
    for (position, row) in trial.split.validation.enumerated() {
      let truth = data.classNames[data.labels[row]]
      validation.append(
        [String(data.sourceRow(row))] + fields(trial.validation.features, position) + [truth])
      predictions.append(
        [String(data.sourceRow(row)), truth, data.classNames[prediction.classes[position]]]
          + fields(prediction.scores, position))
    }
    try folder.append(training.text, to: "train.csv")
    try folder.append(validation.text, to: "validation.csv")
    try folder.append(predictions.text, to: "predictions.csv")
    try folder.append(JSONText.of(RunRecord(fit, target: target, withModel: true)), to: "run.json")
    try folder.publish()
  }

  private static func fields(_ matrix: Matrix<Double>, _ row: Int) -> [String] {
    (0..<matrix.columns).map { CSVWriter.field(matrix[row, $0]) }
  }
}
