package import Datasets
import LinAlg
package import Models

extension Dataset {
  /// Number of some rows that a model gets right which learns from others; both are scaled by those.
  ///
  /// What it is taught are these rows' own labels, or those in `taught`, one for each row of the set.
  package func correct(
    of judged: [Int], by model: ModelChoice, on train: [Int], taught: [Int]? = nil,
    scaler: ScalerKind
  ) -> Int {
    areCorrect(
      LabeledRows(self, rows: judged), by: model, on: train, taught: taught, scaler: scaler,
      threads: 1
    ).count { $0 }
  }

  /// Whether a model that learns from some rows of the set gets each of some rows right, which need not be
  /// of the set but have its columns and classes.
  package func areCorrect(
    _ judged: LabeledRows, by model: ModelChoice, on train: [Int], taught: [Int]? = nil,
    scaler: ScalerKind, threads: Int
  ) -> [Bool] {
    let fitted = FittedEncoding(self, trainingRows: train)
    var rows = features.selectingRows(train)
    fitted.complete(&rows)
    var others = judged.features
    fitted.completeOthers(&others)
    let scaler = Scaler(scaler, fittedTo: rows)
    let problem = Problem(
      features: scaler.transform(rows), labels: train.map { (taught ?? labels)[$0] },
      weights: sampleWeights?.selecting(train).values, classCount: classCount)
    let predicted = model.learner.fit(problem, threads: threads)
      .predict(scaler.transform(others), threads: threads).classes
    return zip(predicted, judged.labels).map { $0 == $1 }
  }
}
