import Datasets

/// Which rows of a study's data stay on one side of every split, and what that costs.
public struct Grouping: Sendable, Hashable, Codable {
  /// The column that tells groups apart.
  public let column: String

  /// Number of groups of the data, without those of a file that models are judged on.
  public let groups: Int

  /// Number of rows of every split that are for nothing.
  public let setAside: Int
}

extension Study {
  /// The groups of the data; nil where each row stands for itself.
  public var grouping: Grouping? {
    dataset.groups.map { groups in
      let own = dataset.sampleCount - (validationFile?.rows ?? 0)
      return Grouping(
        column: groups.column, groups: Set(groups.indices[..<own]).count, setAside: setAsideCount)
    }
  }
}
