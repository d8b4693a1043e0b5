/// What a fit to one problem of a batch comes to on its validation rows.
package struct BatchFit: Sendable, Equatable {
  /// The predicted class of each validation row.
  package var predicted: [Int]

  /// Mean negative log-probability of the true classes, where the model gives probabilities.
  package var logLoss: Double?

  /// How the fit ended.
  package var outcome = FitReport.Outcome.converged

  /// Iterations of the solver.
  package var iterations = 0

  /// Room for the validation rows of a shape.
  package init(_ shape: SeedBatch.Shape) {
    predicted = Array(repeating: 0, count: shape.validationCount)
  }

  /// Fits a learner to one lane of a batch and judges it, by the engine of single problems.
  package mutating func fit(
    _ learner: any Learner, _ batch: SeedBatch, _ lane: Int, threads: Int = 1
  ) {
    take(learner.fit(batch.problem(lane), threads: threads), batch, lane, threads: threads)
  }

  /// Takes over what the engine of single problems says of a lane.
  mutating func take(
    _ model: any Model, _ batch: SeedBatch, _ lane: Int, threads: Int = 1
  ) {
    let prediction = model.predict(batch.validationFeatures(lane), threads: threads)
    predicted = prediction.classes
    logLoss =
      prediction.scoresAreProbabilities
      ? Models.logLoss(prediction.scores, labels: batch.validationLabels[lane]) : nil
    outcome = model.report.outcome
    iterations = model.report.iterations
  }
}
