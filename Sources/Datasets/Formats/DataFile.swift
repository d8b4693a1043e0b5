import Files
import Foundation

/// A file of labelled rows: its content, and the format that it is in.
public struct DataFile: Sendable {
  /// Where it is, and what errors call it.
  public let path: String

  /// What it holds; where it is compressed by gzip, what that gives.
  public let bytes: [UInt8]

  /// The bytes of the file as they are.
  package let content: [UInt8]

  /// How it holds it.
  public let format: any DataFormat

  /// Whether `bytes` are not those of the file but what they become.
  public let isCompressed: Bool

  /// Reads the file at `path`, or standard input where that is `-`.
  ///
  /// It may be compressed by gzip or zstd, or alone in a zip archive.
  /// - Throws: `DatasetsError.unreadableFile`, `.tooLarge`, `.content` for what is damaged, compressed
  ///   twice or no text, `.foreign` for formats that are not read.
  public init(contentsOf path: String) throws(DatasetsError) {
    let limit = SystemMemory.availableByteCount
    if let byteCount = InputFile.byteCount(of: path), byteCount > limit {
      throw .tooLarge(file: path, what: "the file", byteCount: byteCount, limit: limit)
    }
    // What is read of a stream is there twice while it grows, and its rows come to as much.
    let most = limit / 4
    let bytes = try CSVReader.bytes(contentsOf: path, upTo: most)
    guard InputFile.byteCount(of: path) != nil || bytes.count <= most else {
      throw .tooLarge(
        file: Self.label(of: path), what: "all that is piped", byteCount: bytes.count, limit: most)
    }
    try self.init(path: path, bytes, limit: limit)
  }

  /// A file of the given bytes, of a format that it says itself unless one is given.
  ///
  /// - Throws: `DatasetsError.content`, and `.foreign`.
  package init(
    path: String, _ bytes: [UInt8], format: (any DataFormat)? = nil,
    limit: Int = SystemMemory.availableByteCount
  ) throws(DatasetsError) {
    let file = Self.label(of: path)
    self.path = file
    content = bytes
    let unpacked = try PackedFile.content(bytes, file: file, limit: limit)
    isCompressed = unpacked != nil
    self.bytes = unpacked ?? bytes
    self.format = format ?? DataFormatCatalog.format(of: path, self.bytes)
    if self.format is CSVFormat, let foreign = ForeignFormat(self.bytes) {
      throw foreign.error(file: file)
    }
  }

  private static func label(of path: String) -> String {
    path == InputFile.standardInput ? "standard input" : path
  }

  /// What the data set is called: like the file without its ending; `piped` where it has no name.
  public var name: String {
    guard path != "standard input", !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/") else {
      return "piped"
    }
    return URL(fileURLWithPath: DataFormatCatalog.baseName(of: path)).deletingPathExtension()
      .lastPathComponent
  }

  /// The data set in the file.
  ///
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  public func dataset(options: TableOptions = TableOptions()) throws(DatasetsError) -> Dataset {
    if !format.hasRowColumns, options.group != nil || options.weights != nil {
      throw .noRowColumns(
        file: path, part: options.group == nil ? "weights" : "groups", format: format.name)
    }
    return try format.dataset(bytes, name: name, file: path, options: options)
  }

  /// Whether somebody must say which column has the labels, as neither the format nor the file does.
  public func needsTarget(options: TableOptions) -> Bool {
    guard format.needsTarget else { return false }
    return (try? text(options: options))?.dialect.target == nil
  }

  /// The rows as a text of CSV; nil where the format does not write them so.
  ///
  /// - Throws: `DatasetsError.dialect` where the way they are written is open.
  public func text(options: TableOptions = TableOptions()) throws(DatasetsError) -> CSVText? {
    try format.text(bytes, file: path, options: options)
  }

  /// How the rows are written, in one line, where that is not plain and was not asked for; else nil.
  ///
  /// - Throws: `DatasetsError.dialect` where it is open.
  public func remark(options: TableOptions) throws(DatasetsError) -> String? {
    try format.remark(bytes, file: path, options: options)
  }

  /// The data set together with the fields as they are written.
  ///
  /// Where the format does not write rows as CSV does, the fields are those of `Dataset.csv`.
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  public func written(
    options: TableOptions
  ) throws(DatasetsError) -> (dataset: Dataset, rows: CSVRows) {
    guard let text = try text(options: options) else {
      let dataset = try dataset(options: options)
      return (dataset, try dataset.rows())
    }
    let dataset = try CSVReader.read(
      bytes: text.bytes, name: name, file: path, options: options, dialect: text.dialect)
    let rows = try CSVRows(bytes: text.bytes, file: path, options: options, dialect: text.dialect)
    return (dataset, rows.reading(dataset))
  }

  /// The cells of the file, whatever they hold; of formats without text, those of the data set.
  ///
  /// - Throws: `DatasetsError` for what cannot be divided into cells.
  package func table(
    options: TableOptions = TableOptions()
  ) throws(DatasetsError) -> (table: CSVTable, remark: String?) {
    guard let text = try text(options: options) else {
      let csv = try dataset(options: options).csv()
      return (try CSVTable(bytes: Array(csv.utf8), file: path), nil)
    }
    return (
      try CSVTable(bytes: text.bytes, file: path, dialect: text.dialect), text.remark
    )
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
