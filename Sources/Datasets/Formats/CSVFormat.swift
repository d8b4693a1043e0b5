/// Comma-separated values, and what else is called so; see `CSVReader` and `DialectRecognition`.
public struct CSVFormat: TextFormat {
  /// CSV.
  public let name = "CSV"

  /// The usual endings; files of any other are read as CSV too.
  public let fileEndings = ["csv", "tsv"]

  /// Any column may have the labels.
  public let needsTarget = true

  /// The format, of which there is one.
  public init() {}

  /// The text, and how it is written.
  public func text(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVText? {
    try CSVText(bytes, file: file, options: options)
  }

  /// What was found of how the file is written.
  public func remark(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> String? {
    try DialectRecognition(bytes, file: file, options.dialect, hasHeader: options.hasHeader)
      .remark
  }
}
