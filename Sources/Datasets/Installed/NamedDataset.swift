/// Data that are called by a name of their own rather than by a file's.
public enum NamedDataset: Sendable, Equatable {
  /// Part of the program.
  case embedded(EmbeddedDataset)
  /// Of a package of the system.
  case installed(InstalledDataset)

  /// The data of a name; nil where no data are called so.
  public init?(_ name: String) {
    if let embedded = EmbeddedDataset(rawValue: name) {
      self = .embedded(embedded)
    } else if let installed = InstalledDataset(rawValue: name) {
      self = .installed(installed)
    } else {
      return nil
    }
  }

  /// All names.
  public static let names =
    EmbeddedDataset.allCases.map(\.rawValue) + InstalledDataset.allCases.map(\.rawValue)

  /// The file that holds the data; nil where the program does.
  public var path: String? {
    switch self {
    case .embedded: nil
    case .installed(let set): set.path
    }
  }

  /// The data.
  ///
  /// - Throws: `DatasetsError.notInstalled`, and what the reading of files throws.
  public func load() throws(DatasetsError) -> Dataset {
    switch self {
    case .embedded(let set): set.load()
    case .installed(let set): try set.load()
    }
  }
}
