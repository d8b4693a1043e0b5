import Documents
import Files
import Foundation
import LinAlg

/// Reads labelled data from CSV files, refusing whatever it cannot read exactly.
///
/// The syntax is that of RFC 4180 in UTF-8; rows may end in LF or CR LF, a byte order mark, the
/// final line break and a blank last line are optional. Column names and labels are kept
/// verbatim, spaces and all. Numbers are plain decimals, `[+-]digits[.digits][e[+-]digits]`, may
/// be quoted or surrounded by spaces and tabs, and are rounded correctly. If every label is such a
/// number the classes ascend by value, otherwise by Unicode scalars.
public enum CSVReader {
  /// All bytes of a file, which may also be a pipe.
  ///
  /// - Throws: `DatasetsError.unreadableFile`.
  public static func bytes(contentsOf path: String) throws(DatasetsError) -> [UInt8] {
    do {
      return try InputFile.bytes(of: path)
    } catch {
      guard case .unreadable(_, let reason) = error else {
        throw .unreadableFile(path: path, reason: "\(error)")
      }
      let cause = NSError(domain: NSPOSIXErrorDomain, code: Int(reason.code))
      throw .unreadableFile(path: path, reason: cause.readingReason)
    }
  }

  /// Reads the bytes of a file; `name` names the set and, unless `file` does, the file in errors.
  ///
  /// - Throws: The cases of `DatasetsError` from `emptyFile` to `singleClass`.
  /// - Complexity: O(bytes) time and memory.
  public static func read(
    bytes: [UInt8], name: String, file: String? = nil, options: TableOptions = TableOptions()
  ) throws(DatasetsError) -> Dataset {
    try read(
      bytes: bytes, name: name, file: file, options: options,
      chunkByteCount: CSVChunks.standardByteCount)
  }

  /// Reads as above, in chunks of some length, or row by row where it is nil.
  package static func read(
    bytes: [UInt8], name: String, file: String?, options: TableOptions, chunkByteCount: Int?
  ) throws(DatasetsError) -> Dataset {
    let file = file ?? name
    var scanner = CSVScanner(bytes: bytes, file: file)
    let header = options.hasHeader ? try header(&scanner) : []
    let names =
      options.hasHeader
      ? header.map(\.name)
      : try fieldIndices(scanner).map { "column_\($0)" }
    guard !names.isEmpty else { throw .emptyFile(file: file) }
    let columns = try CSVColumns(names: names, options: options, file: file)
    for (column, role) in zip(header, columns.roles) where column.name.isEmpty && role != .ignored {
      throw .emptyColumnName(at: column.location)
    }
    if let chunkByteCount {
      let chunks = CSVChunks(
        columns: columns, allowsNonFinite: options.allowsNonFinite, chunkByteCount: chunkByteCount)
      if let body = chunks.body(of: bytes, from: scanner.position) {
        return try body.dataset(name: name, file: file)
      }
    }
    var body = CSVBody(columns: columns, allowsNonFinite: options.allowsNonFinite)
    while let field = try scanner.next() {
      try body.append(field, of: &scanner)
    }
    return try body.dataset(name: name, file: file)
  }

  /// Takes the first row, whose fields must be distinct or empty.
  private static func header(
    _ scanner: inout CSVScanner
  ) throws(DatasetsError) -> [(name: String, location: FileLocation)] {
    var header: [(name: String, location: FileLocation)] = []
    var columns: [String: Int] = [:]
    while let field = try scanner.next() {
      let name = scanner.text(of: field)
      let location = scanner.location(of: field)
      if let firstColumn = columns.updateValue(field.column, forKey: name), !name.isEmpty {
        throw .duplicateColumnName(at: location, name: name, firstColumn: firstColumn)
      }
      header.append((name, location))
      if field.endsRow { break }
    }
    return header
  }

  /// Looks ahead at the first row, in a copy of the scanner.
  private static func fieldIndices(_ scanner: CSVScanner) throws(DatasetsError) -> Range<Int> {
    var scanner = scanner
    while let field = try scanner.next() {
      if field.endsRow { return 0..<field.column }
    }
    return 0..<0
  }
}
