/// Comma-separated values; see `CSVReader`.
public struct CSVFormat: DataFormat {
  /// CSV.
  public let name = "CSV"

  /// The usual ending; files of any other are read as CSV too.
  public let fileEndings = ["csv"]

  /// Any column may have the labels.
  public let needsTarget = true

  /// The format, of which there is one.
  public init() {}

  /// Reads the bytes of a file.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    try CSVReader.read(bytes: bytes, name: name, file: file, options: options)
  }

  /// The fields as they are written.
  public func rows(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVRows? {
    try CSVRows(bytes: bytes, file: file, options: options)
  }
}
