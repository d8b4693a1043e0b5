/// A run as it is to be in the end, whatever of it is there already.
public struct RunDocument: Sendable {
  /// Tags that together tell it from all other runs of its experiment.
  public var identity: [String: String]

  /// Its name.
  public var name: String

  /// When it began, in milliseconds since 1970.
  public var startTime: Int

  /// When it ended, in milliseconds since 1970.
  public var endTime: Int

  /// Its parameters.
  public var parameters: [String: String] = [:]

  /// Its other tags.
  public var tags: [String: String] = [:]

  /// Its metrics, without times of their own, so that a point is not there twice.
  public var metrics: [Metric] = []

  /// The data sets it used.
  public var datasets: [DatasetInput] = []

  /// Its files.
  public var artifacts: [Artifact] = []

  /// The paths of those files that are tables, for `mlflow.load_table`.
  public var tables: [String] = []

  /// The models it made, with different names.
  public var models: [ModelDocument] = []

  /// A run with nothing in it.
  public init(identity: [String: String], name: String, startTime: Int, endTime: Int) {
    (self.identity, self.name, self.startTime, self.endTime) = (identity, name, startTime, endTime)
  }
}

/// A model of a run as it is to be in the end.
public struct ModelDocument: Sendable {
  /// The model.
  public var model: NewLoggedModel

  /// Its files.
  public var package: ModelPackage

  /// The metrics of the run that are also those of the model.
  public var metrics: [Metric]

  /// The name, and an alias, that it is registered under.
  public var registration: Registration?

  /// A place in the model registry.
  public struct Registration: Sendable, Equatable {
    /// The name of the registered model.
    public var name: String
    /// The alias that is moved to the version.
    public var alias: String?

    /// Chooses a name.
    public init(name: String, alias: String?) {
      (self.name, self.alias) = (name, alias)
    }
  }

  /// Puts a model together.
  public init(
    _ model: NewLoggedModel, package: ModelPackage, metrics: [Metric] = [],
    registration: Registration? = nil
  ) {
    (self.model, self.package) = (model, package)
    (self.metrics, self.registration) = (metrics, registration)
  }
}
