import Datasets
import LinAlg
import Models
import ONNX
import Poisoning
import Sweeps
import Tracking

extension ModelDocument {
  /// The model of a fit as ONNX, with the scaler in front, so that it takes raw features.
  ///
  /// Nil for a kind of model that has no graph.
  init?(
    _ fit: Fit, metrics: [Metric], registration: String?, modelCount: Int
  ) {
    let data = fit.study.dataset
    guard let graph = ONNXModel(fit) else { return nil }
    let columns = fit.columns
    let inputs =
      columns == nil
      ? data.featureNames.map { DatasetInput.Column($0, type: "double") }
      : graph.inputs.map { DatasetInput.Column($0.name, type: $0.type.rawValue) }
    self.init(
      NewLoggedModel(
        name: fit.model.model, type: "onnx",
        parameters: RunParameters(fit).values
          .merging(["seed": "\(fit.seed)"]) { $1 }),
      package: ModelPackage(
        graph: graph.bytes,
        inputs: inputs,
        outputs: graph.outputs.map { DatasetInput.Column($0.name, type: $0.type.rawValue) },
        example: fit.example,
        metadata: [("classes", data.classNames), ("features", data.featureNames)]),
      metrics: metrics,
      registration: registration.map {
        Registration($0, fit.condition, fit.model, modelCount: modelCount)
      })
  }
}

extension ONNXModel {
  /// The model of a fit, with the scaler in front; nil for a kind of model that has no graph.
  init?(_ fit: Fit) {
    let (data, scaler) = (fit.study.dataset, fit.trial.scaler)
    self.init(
      fit.evaluation.model, center: scaler.center, scale: scaler.scale,
      limit: Scaler.largestMagnitude,
      featureNames: data.featureNames, classNames: data.classNames, name: fit.model.name,
      columns: fit.columns)
  }
}

extension Fit {
  /// The columns of the file that features were made of; nil where they are the features, or rows are drawn.
  fileprivate var columns: [ONNXColumn]? {
    guard let encoding = study.dataset.encoding, !trial.split.train.isEmpty else { return nil }
    return ONNXColumn.columns(
      encoding, FittedEncoding(study.dataset, trainingRows: trial.split.train))
  }

  /// A few rows of what the model is asked with.
  fileprivate var example: [[ModelPackage.Value]] {
    let data = study.dataset
    guard let encoding = data.encoding, columns != nil else {
      // Rows of a generator are in no split.
      let isDrawn = trial.split.validation.isEmpty
      let source = isDrawn ? trial.training.features : trial.validation.features
      return (0..<source.rows).prefix(5).map { row in
        (0..<data.featureCount).map { .number(source[row, $0]) }
      }
    }
    return trial.split.validation.prefix(5).map { row in
      let values = data.features.elements[row * data.featureCount..<(row + 1) * data.featureCount]
      return encoding.columns.indices.flatMap { index -> [ModelPackage.Value] in
        let (column, range) = (encoding.columns[index], encoding.features(of: index))
        let numbers = range.map { ModelPackage.Value.number(data.features[row, $0]) }
        switch column.kind {
        case .ignored: return []
        case .hash: return numbers
        case .number, .date: return [numbers[0]]
        case .boolean, .onehot, .ordinal:
          guard case .text(let text) = encoding.field(index, of: values) else { return [] }
          return [.text(text)]
        }
      }
    }
  }
}

extension ModelDocument.Registration {
  /// The place of a model of a cell under the name that was asked for.
  ///
  /// With several models in a study, each kind gets a name of its own. The alias says what the model
  /// was trained on: `clean` or, for instance, `uniform-10`.
  init(_ name: String, _ condition: Condition, _ choice: ModelChoice, modelCount: Int) {
    let percent = condition.level.share * 100
    let level = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
    let state = condition.level == .clean ? "clean" : "\(condition.attackName)-\(level)"
    let alias =
      (condition.defenseName == "none" ? state : "\(state)-\(condition.defenseName)")
      + (condition.rows.map { "-\($0.attacked)-\($0.added)" } ?? "")
    self.init(
      name: modelCount == 1 ? name : "\(name)-\(choice.name.asRegisteredName)",
      alias: alias.asAlias)
  }
}

extension String {
  /// The text with `-` for what an alias cannot have.
  fileprivate var asAlias: String {
    String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" })
  }

  /// The text with `-` for what the name of a registered model cannot have.
  fileprivate var asRegisteredName: String {
    String(map { "/:.%\"'=,".contains($0) ? "-" : $0 })
  }
}
