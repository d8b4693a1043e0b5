import Datasets
import LinAlg
import Models
import ONNX

/// A fitted model with rows to judge, as they are before scaling, and what the model says of them.
struct GraphCase {
  let name: String
  let model: any Model
  let graph: ONNXModel
  let rows: Matrix<Double>
  let classNames: [String]
  let featureNames: [String]
  let prediction: Prediction

  /// How far scores of the graph may be off, and which rows are no ties within that.
  let bound: ScoreBound

  init(
    _ name: String, _ model: any Model, _ scaler: Scaler, _ rows: Matrix<Double>,
    classNames: [String], featureNames: [String]
  ) throws {
    self.name = name
    self.model = model
    self.rows = rows
    self.classNames = classNames
    self.featureNames = featureNames
    guard
      let graph = ONNXModel(
        model, center: scaler.center, scale: scaler.scale, limit: Scaler.largestMagnitude,
        featureNames: featureNames, classNames: classNames, name: name)
    else { throw NoGraph(name: name) }
    self.graph = graph
    let scaled = scaler.transform(rows)
    prediction = model.predict(scaled, threads: 1)
    bound = ScoreBound(model, scaled)
  }

  /// A model fitted to rows of its own, scaled or not, with names made up.
  init(
    _ name: String, _ learner: any Learner, _ training: Problem, _ rows: Matrix<Double>,
    scaler kind: ScalerKind = .none, classNames: [String]? = nil
  ) throws {
    let scaler = Scaler(kind, fittedTo: training.features)
    let problem = Problem(
      features: scaler.transform(training.features), labels: training.labels,
      weights: training.weights, classCount: training.classCount)
    try self.init(
      name, learner.fit(problem, threads: 1), scaler, rows,
      classNames: classNames ?? (0..<training.classCount).map { "c\($0)" },
      featureNames: (0..<training.featureCount).map { "x\($0)" })
  }

  struct NoGraph: Error {
    let name: String
  }
}
