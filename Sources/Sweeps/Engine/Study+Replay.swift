import Defenses
import Models

extension Study {
  /// One fit of a sweep again, with all its detail: the predictions that the sweep counted.
  ///
  /// Where lanes have fitted softmax regression, the model is theirs; support vector machines and nearest
  /// neighbours are the same bits in either engine.
  /// - Precondition: The cell is fitted.
  public func replay(_ cell: CellIndex, seed: UInt32) -> Fit {
    let (condition, choice) = (conditions[cell.condition], models[cell.model])
    let trial = trial(condition, seed: seed, model: choice)
    let fit = { evaluation in
      Fit(
        study: self, condition: condition, model: choice, seed: seed, trial: trial,
        evaluation: evaluation)
    }
    if condition.defense.training != nil {
      guard let learner = learner(choice, in: condition, seed: seed) else {
        preconditionFailure("\(condition.defenseName) is not for that model")
      }
      return fit(trial.evaluate(learner))
    }
    var source = BatchSource(self)
    source.begin(firstSeed: seed, count: 1)
    source.fill(cell.condition, model: cell.model, isFirst: true, 1)
    let position = position(of: cell)
    let starts = SoftmaxStarts(self, of: (0..<cellCount).map { $0 == position })
    var workspace = BatchWorkspace(choice.learner, source.batch.shape)
    var fits = [BatchFit](repeating: BatchFit(source.batch.shape), count: SeedBatch.laneCount)
    workspace.fit(source.batch, count: 1, start: starts[position], into: &fits)

    let fitted: any Model
    if let regression = choice.learner as? SoftmaxRegression,
      let coefficients = workspace.softmaxCoefficients(0)
    {
      fitted = regression.model(
        coefficients, of: trial.problem, iterations: fits[0].iterations)
    } else {
      fitted = choice.learner.fit(trial.problem, threads: 1)
    }
    let scores = fitted.predict(trial.validationFeatures, threads: 1)
    let prediction = Prediction(
      classes: fits[0].predicted, scores: scores.scores,
      scoresAreProbabilities: scores.scoresAreProbabilities)
    let result = trial.result(of: fitted, prediction, logLoss: fits[0].logLoss, threads: 1)
    return fit(Evaluation(model: fitted, prediction: prediction, result: result))
  }
}
