import Files

/// A data set that a run has used.
public struct DatasetInput: Sendable, Equatable {
  /// A column of a data set or of a model.
  public struct Column: Sendable, Equatable {
    /// Its name.
    public var name: String

    /// Its type, such as `double`, `long` or `string`.
    public var type: String

    /// Describes a column, whose values are not missing.
    public init(_ name: String, type: String) {
      (self.name, self.type) = (name, type)
    }
  }

  /// Its name.
  public var name: String

  /// What tells its content from others of the name, at most 36 characters.
  public var digest: String

  /// The kind of its source: `local`, `http`, `code` and others.
  public var sourceType: String

  /// The source, a JSON object such as `{"uri": "flowers.csv"}`.
  public var source: String

  /// Its columns.
  public var columns: [Column]

  /// Facts such as `num_rows`, a JSON object.
  public var profile: String

  /// What the run used it for: `training`, `validation` and others.
  public var context: String

  /// Describes a data set.
  public init(
    name: String, digest: String, sourceType: String, source: String, columns: [Column],
    profile: String, context: String
  ) {
    (self.name, self.digest, self.sourceType, self.source) = (name, digest, sourceType, source)
    (self.columns, self.profile, self.context) = (columns, profile, context)
  }

  /// The columns as MLflow has them: `{"mlflow_colspec": […]}`.
  public var schema: String { "{\"mlflow_colspec\": \(columns.mlflowColumns)}" }
}

extension [DatasetInput.Column] {
  /// A JSON list of columns, as in schemas and signatures.
  var mlflowColumns: String {
    let columns = map { column in
      "{\"type\": \(column.type.jsonLiteral), \"name\": \(column.name.jsonLiteral), "
        + "\"required\": true}"
    }
    return "[\(columns.joined(separator: ", "))]"
  }
}
