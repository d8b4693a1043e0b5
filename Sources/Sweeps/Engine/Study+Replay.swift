import Defenses
import Models

extension Study {
  /// One fit of a sweep again, with all its detail: the predictions that the sweep counted.
  ///
  /// Softmax regression goes to the engine that the sweep had for it. Support vector machines and nearest
  /// neighbours are the same bits in either engine, and for any number of threads.
  /// - Precondition: The cell is fitted.
  public func replay(_ cell: CellIndex, seed: UInt32, threads: Int = 1) -> Fit {
    let (condition, choice) = (conditions[cell.condition], models[cell.model])
    let trial = trial(condition, seed: seed, model: choice, threads: threads)
    let evaluation: Evaluation
    if let regression = choice.learner as? SoftmaxRegression, condition.defense.training == nil {
      evaluation = replay(regression, cell, seed: seed, trial, threads: threads)
    } else {
      guard let learner = learner(choice, in: condition, seed: seed) else {
        preconditionFailure("\(condition.defenseName) is not for that model")
      }
      evaluation = trial.evaluate(learner, threads: threads)
    }
    return Fit(
      study: self, condition: condition, model: choice, seed: seed, trial: trial,
      evaluation: evaluation)
  }

  /// The rows of a batch, whose order sums depend on, and its start.
  private func replay(
    _ regression: SoftmaxRegression, _ cell: CellIndex, seed: UInt32, _ trial: Trial, threads: Int
  ) -> Evaluation {
    var source = BatchSource(self)
    source.begin(firstSeed: seed, count: 1)
    source.fill(cell.condition, model: cell.model, isFirst: true, 1)
    var workspace = BatchWorkspace(regression, source.batch.shape)
    guard workspace.isSmall else {
      let model = regression.fit(source.batch.problem(0), threads: threads)
      return trial.evaluation(
        of: model, model.predict(source.batch.validationFeatures(0), threads: threads),
        threads: threads)
    }
    let position = position(of: cell)
    let starts = SoftmaxStarts(self, of: (0..<cellCount).map { $0 == position })
    var fits = [BatchFit](repeating: BatchFit(source.batch.shape), count: SeedBatch.laneCount)
    workspace.fit(source.batch, count: 1, start: starts[position], into: &fits)
    guard let coefficients = workspace.softmaxCoefficients(0) else {
      preconditionFailure("Lanes have fitted, but have no coefficients")
    }
    let model = regression.model(
      coefficients, of: trial.problem, iterations: fits[0].iterations)
    let scores = model.predict(trial.validationFeatures, threads: threads)
    return trial.evaluation(
      of: model,
      Prediction(
        classes: fits[0].predicted, scores: scores.scores,
        scoresAreProbabilities: scores.scoresAreProbabilities),
      logLoss: fits[0].logLoss, threads: threads)
  }
}
