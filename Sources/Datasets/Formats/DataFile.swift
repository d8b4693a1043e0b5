import Files
import Foundation

/// A file of labelled rows: its content, and the format that it is in.
public struct DataFile: Sendable {
  /// Where it is, and what errors call it.
  public let path: String

  /// What it holds; where it is compressed by gzip, what that gives.
  public let bytes: [UInt8]

  /// How it holds it.
  public let format: any DataFormat

  /// Whether `bytes` are not those of the file but what they become.
  public let isCompressed: Bool

  /// Reads the file at `path`, which may be compressed by gzip.
  ///
  /// - Throws: `DatasetsError.unreadableFile`, `.tooLarge`, `.content` for what gzip did not write.
  public init(contentsOf path: String) throws(DatasetsError) {
    let limit = SystemMemory.availableByteCount
    if let byteCount = InputFile.byteCount(of: path), byteCount > limit {
      throw .tooLarge(file: path, what: "the file", byteCount: byteCount, limit: limit)
    }
    try self.init(path: path, CSVReader.bytes(contentsOf: path), limit: limit)
  }

  /// A file of the given bytes, of a format that it says itself unless one is given.
  ///
  /// - Throws: `DatasetsError.content` for what gzip did not write, or gives more than `limit` bytes.
  package init(
    path: String, _ bytes: consuming [UInt8], format: (any DataFormat)? = nil,
    limit: Int = SystemMemory.availableByteCount
  ) throws(DatasetsError) {
    self.path = path
    isCompressed = Inflate.isGzip(bytes.span)
    let bytes = try Self.inflated(bytes, file: path, limit: limit)
    self.bytes = bytes
    self.format = format ?? DataFormatCatalog.format(of: path, bytes)
  }

  /// What the data set is called: like the file without its ending.
  public var name: String {
    URL(fileURLWithPath: DataFormatCatalog.baseName(of: path)).deletingPathExtension()
      .lastPathComponent
  }

  /// The data set in the file.
  ///
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  public func dataset(options: TableOptions = TableOptions()) throws(DatasetsError) -> Dataset {
    try format.dataset(bytes, name: name, file: path, options: options)
  }

  /// The data set together with the fields as they are written.
  ///
  /// Where the format does not write rows as CSV does, the fields are those of `Dataset.csv`.
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  public func written(
    options: TableOptions
  ) throws(DatasetsError) -> (dataset: Dataset, rows: CSVRows) {
    let dataset = try dataset(options: options)
    if let rows = try format.rows(bytes, file: path, options: options) { return (dataset, rows) }
    return (dataset, try dataset.rows())
  }

  static func inflated(
    _ bytes: consuming [UInt8], file: String, limit: Int
  ) throws(DatasetsError) -> [UInt8] {
    guard Inflate.isGzip(bytes.span) else { return bytes }
    do {
      return try Inflate.gzip(bytes.span, limit: limit)
    } catch {
      throw .content(file, error, frame: "gzip")
    }
  }
}

extension DatasetsError {
  /// What is wrong with compressed bytes that begin at `start` of a file.
  static func content(
    _ file: String, _ error: InflateError, frame: String, start: Int = 0
  ) -> DatasetsError {
    let accepted = "it must be a whole file as \(frame) writes it"
    return switch error {
    case .truncated(let offset):
      .content(
        file, .byte(start + offset), "the compressed data end too soon", accepted: accepted)
    case .corrupt(let offset, let reason):
      .content(
        file, .byte(start + offset), "the compressed data are damaged: \(reason)",
        accepted: accepted)
    case .excess(let offset):
      .content(
        file, .byte(start + offset), "something follows the compressed data", accepted: accepted)
    case .tooLarge(let limit):
      .content(
        file, .file, "the compressed data become more than \(limit) bytes",
        accepted: "what they become must fit into the memory that is available")
    }
  }
}
