/// A way in which files hold labelled rows.
public protocol DataFormat: Sendable {
  /// What people call it, such as `CSV`.
  var name: String { get }

  /// What the names of its files end in, in lower case, without the dot.
  var fileEndings: [String] { get }

  /// Whether somebody must say which column has the labels, as the files do not.
  var needsTarget: Bool { get }

  /// A command that makes CSV of a file, which is FILE in it; nil where rows are text already.
  var conversion: String? { get }

  /// Whether a column can say something of rows and be no feature, such as which belong together.
  var hasRowColumns: Bool { get }

  /// Whether a file that begins with these bytes is of this format, whatever it is called.
  func recognizes(_ bytes: [UInt8]) -> Bool

  /// The data set in the bytes of a file, which `file` stands for in errors.
  ///
  /// Formats that keep labels in a file of their own look for it beside `file`.
  /// - Throws: `DatasetsError` for what cannot be read exactly.
  func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset

  /// The rows as a text of CSV; nil for formats that do not write them so.
  ///
  /// - Throws: `DatasetsError` where the way they are written is open, or cannot be.
  func text(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVText?

  /// How the rows are written, in one line, where that is not plain and was not asked for; else nil.
  func remark(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> String?
}

extension DataFormat {
  /// Files say themselves where their labels are.
  public var needsTarget: Bool { false }

  /// Rows are text already.
  public var conversion: String? { nil }

  /// Columns are features.
  public var hasRowColumns: Bool { false }

  /// Nothing in the bytes tells.
  public func recognizes(_ bytes: [UInt8]) -> Bool { false }

  /// Rows are written in another way.
  public func text(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVText? { nil }

  /// There is nothing to say.
  public func remark(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> String? { nil }
}

/// A format whose rows are a text of CSV.
protocol TextFormat: DataFormat {}

extension TextFormat {
  /// Any column can.
  public var hasRowColumns: Bool { true }

  /// Reads the rows of the text.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    guard let text = try text(bytes, file: file, options: options) else {
      throw .emptyFile(file: file)
    }
    return try CSVReader.read(
      bytes: text.bytes, name: name, file: file, options: options, dialect: text.dialect)
  }
}
