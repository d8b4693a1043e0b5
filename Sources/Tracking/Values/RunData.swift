/// Parameters, tags and metrics of a run.
public struct RunData: Sendable, Equatable {
  /// Parameters, which cannot be changed later.
  public var parameters: [String: String]

  /// Tags, which can.
  public var tags: [String: String]

  /// Points of metrics.
  public var metrics: [Metric]

  /// Puts the data of a run together.
  public init(
    parameters: [String: String] = [:], tags: [String: String] = [:], metrics: [Metric] = []
  ) {
    (self.parameters, self.tags, self.metrics) = (parameters, tags, metrics)
  }
}

/// A point of a metric.
public struct Metric: Sendable, Equatable, Encodable {
  /// The name.
  public var key: String

  /// The value, which may be NaN or infinite.
  public var value: Double

  /// The step, for curves.
  public var step: Int

  /// When it was measured, in milliseconds since 1970; nil for when the run began.
  public var timestamp: Int?

  /// The logged model it is about, which then has the metric too.
  public var modelID: String?

  /// Makes a point.
  public init(
    _ key: String, _ value: Double, step: Int = 0, timestamp: Int? = nil, modelID: String? = nil
  ) {
    (self.key, self.value, self.step) = (key, value, step)
    (self.timestamp, self.modelID) = (timestamp, modelID)
  }
}
