public import Datasets

/// A file that `runner data` writes for machines.
public struct ExampleFileRecord: Encodable, Sendable {
  let name: String
  let summary: String
  let rows: Int
  let features: [String]
  let classes: [String]
  let target: String
  /// The column that names the source of each row; absent where there is none.
  let sourceColumn: String?

  /// The record of a file.
  public init(_ file: ExampleFile) {
    name = file.name
    summary = file.summary
    rows = file.dataset.sampleCount
    features = file.dataset.featureNames
    classes = file.dataset.classNames
    target = file.dataset.targetName
    sourceColumn = file.labs == nil ? nil : ExampleFile.labColumn
  }
}

extension [ExampleFileRecord] {
  /// The files as text, for people, one row a file.
  public var lines: [String] {
    Table(
      [
        .text("name"), .count("rows"), .count("features"), .count("classes"), .text("target"),
        .text("what it is"),
      ],
      rows: map { file in
        [
          .text(file.name), .count(file.rows), .count(file.features.count),
          .count(file.classes.count), .text(file.target), .text(file.summary),
        ]
      }
    ).lines() + ["", "runner data NAME --output NAME.csv writes one."]
  }
}
