public import Datasets

/// The files that `runner data` writes as text, for people.
public struct ExampleFileTable: Sendable {
  private let files: [ExampleFile]

  /// A table of files.
  public init(_ files: [ExampleFile]) { self.files = files }

  /// The table, one row a file.
  public var lines: [String] {
    var table = Table([
      .text("name"), .count("rows"), .count("features"), .count("classes"), .text("target"),
      .text("what it is"),
    ])
    for file in files {
      let data = file.dataset
      table.append([
        .text(file.name), .count(data.sampleCount), .count(data.featureCount),
        .count(data.classCount), .text(data.targetName), .text(file.summary),
      ])
    }
    return table.lines() + ["", "runner data NAME --output NAME.csv writes one."]
  }
}
