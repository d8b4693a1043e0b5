/// The text of a CSV file, and how it is written.
public struct CSVText: Sendable {
  /// The text in UTF-8.
  package let bytes: [UInt8]

  /// How it is written.
  package let dialect: CSVDialect

  /// What was found of that and not asked for, in one line; nil where the file is plain.
  package let remark: String?

  init(bytes: [UInt8], dialect: CSVDialect, remark: String?) {
    (self.bytes, self.dialect, self.remark) = (bytes, dialect, remark)
  }

  /// Decodes the bytes of a file, and finds what options leave open.
  ///
  /// - Throws: `DatasetsError.dialect`, `.dialectClash`, `.content` for what is no text.
  package init(
    _ bytes: [UInt8], file: String, options: TableOptions
  ) throws(DatasetsError) {
    let found = try DialectRecognition(
      bytes, file: file, options.dialect, hasHeader: options.hasHeader)
    dialect = found.dialect
    remark = found.remark
    if let counts = found.countsLine {
      self.bytes = counts.rewritten(bytes)
      return
    }
    self.bytes = try Self.decoded(bytes, dialect.encoding, file: file)
  }

  /// The bytes of a file in UTF-8.
  ///
  /// - Throws: `DatasetsError.content` for bytes that stand for nothing.
  static func decoded(
    _ bytes: [UInt8], _ encoding: TextEncoding, file: String
  ) throws(DatasetsError) -> [UInt8] {
    do {
      return try encoding.decoded(bytes)
    } catch {
      throw .content(
        file, .byte(error.offset), "the bytes here are not \(encoding.rawValue)",
        accepted: "name the encoding that the file was saved in")
    }
  }
}
