import Foundation

/// A way in which files hold labelled rows.
public protocol DataFormat: Sendable {
  /// What people call it, such as `CSV`.
  var name: String { get }

  /// What the names of its files end in, in lower case, without the dot.
  var fileEndings: [String] { get }

  /// The data set in the bytes of a file, which `file` stands for in errors.
  ///
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset

  /// The fields of the file as they are written; nil for formats that do not write rows as CSV does.
  func rows(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVRows?
}

extension DataFormat {
  /// Rows are written in another way.
  public func rows(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVRows? { nil }

  /// The data set in the bytes of the file at `path`, called like the file without its ending.
  ///
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  public func dataset(
    _ bytes: [UInt8], of path: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try dataset(bytes, name: name, file: path, options: options)
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: `DatasetsError.unreadableFile` and whatever the reading of bytes throws.
  public func dataset(
    contentsOf path: String, options: TableOptions = TableOptions()
  ) throws(DatasetsError) -> Dataset {
    try dataset(CSVReader.bytes(contentsOf: path), of: path, options: options)
  }

  /// Reads the file at `path` together with its fields as they are written.
  ///
  /// Where the format does not write rows as CSV does, the fields are those of `Dataset.csv`.
  /// - Throws: `DatasetsError.unreadableFile` and whatever the reading of bytes throws.
  public func written(
    contentsOf path: String, options: TableOptions
  ) throws(DatasetsError) -> (dataset: Dataset, rows: CSVRows) {
    let bytes = try CSVReader.bytes(contentsOf: path)
    let dataset = try dataset(bytes, of: path, options: options)
    if let rows = try rows(bytes, file: path, options: options) { return (dataset, rows) }
    return (dataset, try dataset.rows())
  }
}

/// The formats of files that labelled rows are read from.
public enum DataFormatCatalog {
  /// All formats, the one of files without a known ending first.
  public static let formats: [any DataFormat] = [CSVFormat()]

  /// The format of a file, by the ending of its name; CSV where the ending is that of no other.
  public static func format(of path: String) -> any DataFormat {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    return formats.first { $0.fileEndings.contains(ending) } ?? formats[0]
  }
}
