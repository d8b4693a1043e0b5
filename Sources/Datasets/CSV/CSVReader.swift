import Documents
import Files
import Foundation
import LinAlg

/// Reads labelled data from CSV files, refusing whatever it cannot read exactly.
///
/// Features are numbers unless options say that others become numbers.
///
/// The syntax is that of RFC 4180 in UTF-8; rows may end in LF or CR LF, a byte order mark, the
/// final line break and a blank last line are optional. Column names and labels are kept
/// verbatim, spaces and all. Numbers are plain decimals, `[+-]digits[.digits][e[+-]digits]`, may
/// be quoted or surrounded by spaces and tabs, and are rounded correctly. If every label is such a
/// number the classes ascend by value, otherwise by Unicode scalars.
public enum CSVReader {
  /// All bytes of a file, which may also be a pipe; of that `limit` at most, and one more where there are
  /// more, or 64 kB where those are no text and nothing compressed.
  ///
  /// - Throws: `DatasetsError.unreadableFile`.
  public static func bytes(
    contentsOf path: String, upTo limit: Int = .max - 1
  ) throws(DatasetsError) -> [UInt8] {
    do {
      return try InputFile.bytes(of: path, upTo: limit) { start in
        // Devices that never end give zeros, or noise.
        !start.contains(0) || TextEncoding(of: start[...]) != nil
          || DataFormatCatalog.isBinary(start)
      }
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
  /// - Parameter dialect: How its fields are written; nothing about that is guessed here.
  /// - Throws: The cases of `DatasetsError` from `emptyFile` to `faults`.
  /// - Complexity: O(bytes) time and memory.
  public static func read(
    bytes: [UInt8], name: String, file: String? = nil, options: TableOptions = TableOptions(),
    dialect: CSVDialect? = nil
  ) throws(DatasetsError) -> Dataset {
    try read(
      bytes: bytes, name: name, file: file, options: options, dialect: dialect,
      chunkByteCount: CSVChunks.standardByteCount)
  }

  /// Reads as above, in chunks of some length, or row by row where it is nil.
  package static func read(
    bytes: [UInt8], name: String, file: String?, options: TableOptions,
    dialect: CSVDialect? = nil, chunkByteCount: Int?
  ) throws(DatasetsError) -> Dataset {
    let file = file ?? name
    let dialect = dialect ?? options.plainDialect
    return try CSVRowColumns.adding(
      to: readFeatures(bytes, name, file, options, dialect, chunkByteCount), bytes: bytes,
      file: file, options: options, dialect: dialect, chunkByteCount: chunkByteCount)
  }

  private static func readFeatures(
    _ bytes: [UInt8], _ name: String, _ file: String, _ options: TableOptions,
    _ dialect: CSVDialect, _ chunkByteCount: Int?
  ) throws(DatasetsError) -> Dataset {
    if let encoding = options.encoding {
      return try EncodedReader(
        bytes: bytes, name: name, file: file, options: options, encoding: encoding,
        dialect: dialect, chunkByteCount: chunkByteCount
      ).dataset()
    }
    var scanner = CSVScanner(bytes: bytes, file: file, dialect: dialect)
    let header = try CSVHeader(&scanner, dialect: dialect, file: file)
    let columns = try CSVColumns(header, options: options, file: file)
    if let chunkByteCount {
      let chunks = CSVChunks(
        columns: columns, dialect: dialect, allowsNonFinite: options.allowsNonFinite,
        chunkByteCount: chunkByteCount)
      if let body = chunks.body(of: bytes, in: scanner.position..<scanner.end) {
        return try body.dataset(name: name, file: file)
      }
    }
    return try readRows(&scanner, columns, name: name, file: file, options: options)
  }

  /// Reads the rows that a scanner gives, whose features are numbers.
  static func readRows(
    _ scanner: inout CSVScanner, _ columns: CSVColumns, name: String, file: String,
    options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    var body = CSVBody(columns: columns, allowsNonFinite: options.allowsNonFinite)
    var faults = CSVFaults(file: file, columns: columns)
    do throws(DatasetsError) {
      while let field = try scanner.next() {
        if field.column == 1 { faults.rowCount += 1 }
        do throws(DatasetsError) {
          try body.append(field, of: &scanner)
        } catch {
          try faults.take(error)
        }
      }
    } catch {
      // Where one field ends is not known any more.
      faults.end(with: error)
    }
    if let error = faults.error { throw error }
    return try body.dataset(name: name, file: file)
  }
}
