/// A way in which files hold labelled rows.
public protocol DataFormat: Sendable {
  /// What people call it, such as `CSV`.
  var name: String { get }

  /// What the names of its files end in, in lower case, without the dot.
  var fileEndings: [String] { get }

  /// Whether somebody must say which column has the labels, as the files do not.
  var needsTarget: Bool { get }

  /// Whether a file that begins with these bytes is of this format, whatever it is called.
  func recognizes(_ bytes: [UInt8]) -> Bool

  /// The data set in the bytes of a file, which `file` stands for in errors.
  ///
  /// Formats that keep labels in a file of their own look for it beside `file`.
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
  /// Files say themselves where their labels are.
  public var needsTarget: Bool { false }

  /// Nothing in the bytes tells.
  public func recognizes(_ bytes: [UInt8]) -> Bool { false }

  /// Rows are written in another way.
  public func rows(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) -> CSVRows? { nil }
}
