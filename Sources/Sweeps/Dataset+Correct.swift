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
    let fitted = FittedEncoding(self, trainingRows: train)
    var rows = features.selectingRows(train)
    fitted.complete(&rows)
    var others = features.selectingRows(judged)
    fitted.completeOthers(&others)
    let scaler = Scaler(scaler, fittedTo: rows)
    let problem = Problem(
      features: scaler.transform(rows), labels: train.map { (taught ?? labels)[$0] },
      classCount: classCount)
    let predicted = model.learner.fit(problem, threads: 1)
      .predict(scaler.transform(others), threads: 1).classes
    return zip(predicted, judged).count { $0 == labels[$1] }
  }
}
