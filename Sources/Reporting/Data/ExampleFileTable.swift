public import Datasets

/// The files that `runner data` writes as text, for people.
public struct ExampleFileTable: Sendable {
  private let files: [ExampleFile]

  /// A table of files.
  public init(_ files: [ExampleFile]) { self.files = files }

  /// Columns of a terminal that the table fits.
  private static let width = 100

  /// The table, one row a file, the summary in as many lines as it needs.
  public var lines: [String] {
    var table = TextTable([
      ("name", .left), ("rows", .right), ("features", .right), ("classes", .right),
      ("target", .left), ("what it is", .left),
    ])
    for file in files {
      let data = file.dataset
      let summary = file.summary.wrapped(to: Self.width - 54)
      table.append([
        file.name, Numbers.grouped(data.sampleCount), "\(data.featureCount)", "\(data.classCount)",
        data.targetName, summary[0],
      ])
      for line in summary.dropFirst() { table.append(["", "", "", "", "", line]) }
    }
    return table.lines + ["", "runner data NAME --output NAME.csv writes one."]
  }
}
