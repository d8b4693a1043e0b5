public import Models

/// A fitted model, with the scaler before it, as an ONNX file.
///
/// The graph computes in double precision what `Model.predict` computes, for features as they are
/// before scaling: operators of the default domain, operator set 17, and where columns of texts become
/// features `LabelEncoder` of ai.onnx.ml, 3. It has one input, n × d, or one for each column of a file, n values,
/// and outputs of n values each: the index of the class, its name, and one score a class.
public struct ONNXModel: Sendable, Equatable {
  /// One output of the graph, n values.
  public struct Output: Sendable, Equatable {
    /// The type of its values; the texts are MLflow's names of the types.
    public enum Kind: String, Sendable {
      /// 64-bit integers.
      case long
      /// Double-precision numbers.
      case double
      /// Texts.
      case string
    }

    /// What it is called.
    public let name: String

    /// The type of its values.
    public let type: Kind
  }

  /// The content of the file; the same model has the same bytes.
  public let bytes: [UInt8]

  /// The inputs: the features, n × d doubles, or each column of a file, n values.
  public let inputs: [Output]

  /// The input, where it is one.
  public var inputName: String { inputs[0].name }

  /// `label`, `class`, and for each class `probability_NAME`, or `score_NAME` where the scores are
  /// not shares of 1.
  ///
  /// A name that is there already gets a number behind it.
  public let outputs: [Output]

  /// Translates a model; nil for a kind of model that has no translation.
  ///
  /// Where `columns` are given, they become the features. The scaled features are (x − center) / scale, those beyond
  /// ±`limit` at it. The file has the names of features and classes as its properties `features` and `classes`, each a JSON array.
  ///
  /// - Precondition: There are d centers, scales and feature names, and K class names; the features of the
  ///   columns are d.
  public init?(
    _ model: any Model, center: [Double], scale: [Double], limit: Double = .infinity,
    featureNames: [String], classNames: [String], name: String, columns: [ONNXColumn]? = nil
  ) {
    guard let model = model as? any GraphModel else { return nil }
    let (d, count) = (model.featureCount, model.classCount)
    precondition(
      center.count == d && scale.count == d && featureNames.count == d,
      "A model of \(d) features with \(center.count) centers, \(scale.count) scales and "
        + "\(featureNames.count) names")
    precondition(
      columns.map { $0.reduce(0) { $0 + $1.featureCount } == d } ?? true,
      "Columns of other than \(d) features")
    precondition(
      classNames.count == count, "A model of \(count) classes with \(classNames.count) names")

    var graph = GraphBuilder()
    let (features, inputs): (GraphBuilder.Value, [Output])
    if let columns {
      (features, inputs) = graph.features(of: columns)
    } else {
      features = graph.input("features", .double, shape: [.extent("N"), .extent(d)])
      inputs = [Output(name: features.name, type: .double)]
    }
    let scoreName = type(of: model).scoreName
    let outputs: [Output] =
      [
        Output(name: graph.freshName("label"), type: .long),
        Output(name: graph.freshName("class"), type: .string),
      ] + classNames.map { Output(name: graph.freshName("\(scoreName)_\($0)"), type: .double) }
    let quotients = graph.node(
      "Div",
      graph.node("Sub", features, graph.constant(TensorProto(center), "center")),
      graph.constant(TensorProto(scale), "scale"))
    let scaled =
      limit == .infinity
      ? quotients
      : graph.node(
        "Clip", quotients, graph.constant(TensorProto(scalar: -limit), "least"),
        graph.constant(TensorProto(scalar: limit), "greatest"))
    let prediction = model.predict(scaled, &graph)
    prediction.write(outputs, classNames: classNames, rowsOf: features, &graph)

    self.outputs = outputs
    self.inputs = inputs
    bytes =
      ProtobufMessage.model(
        graph.finished(name.isEmpty ? "model" : name), description: type(of: model).meaning,
        usesTables: graph.usesTables,
        properties: [("classes", classNames), ("features", featureNames)]
      ).bytes
  }
}
