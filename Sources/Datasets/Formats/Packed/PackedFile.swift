import Documents
import Files

/// A file that was compressed as a whole, by gzip, zstd or into a zip archive.
enum PackedFile {
  /// The endings that compressed files have after their own.
  static let fileEndings = ["gz", "zst", "zip"]

  /// What compresses files.
  private enum Method: String { case gzip, zstd, zip }

  /// What is in a file, or nil where it is not compressed.
  ///
  /// - Throws: `DatasetsError.content` for damage, more than `limit` bytes, an archive of several files,
  ///   and what is compressed twice.
  static func content(
    _ bytes: [UInt8], file: String, limit: Int
  ) throws(DatasetsError) -> [UInt8]? {
    guard let content = try unpacked(bytes, file: file, limit: limit) else { return nil }
    guard let method = method(content), method != .zip || (try? isArrays(content)) != true else {
      return content
    }
    throw .content(
      file, .file, "it is compressed twice, the second time by \(method.rawValue)",
      accepted: "decompress it once before it is read")
  }

  /// What gzip or zstd made smaller, or nil where neither has.
  static func unpacked(
    _ bytes: [UInt8], file: String, limit: Int
  ) throws(DatasetsError) -> [UInt8]? {
    switch method(bytes) {
    case .gzip:
      do {
        return try Inflate.gzip(bytes.span, limit: limit)
      } catch {
        throw .content(file, error, frame: "gzip")
      }
    case .zstd:
      do {
        return try Zstandard.decompressed(bytes.span, limit: limit)
      } catch {
        throw .content(file, error, frame: "zstd")
      }
    case .zip: return try onlyMember(bytes, file: file, limit: limit)
    case nil: return nil
    }
  }

  /// Whether a file begins as a compressed one does.
  static func isPacked(_ bytes: [UInt8]) -> Bool { method(bytes) != nil }

  private static func method(_ bytes: [UInt8]) -> Method? {
    if Inflate.isGzip(bytes.span) { return .gzip }
    if Zstandard.recognizes(bytes.span) { return .zstd }
    return ZipArchive.recognizes(bytes) ? .zip : nil
  }

  /// Whether an archive is one of NumPy's arrays, which are read as they are.
  private static func isArrays(_ bytes: [UInt8]) throws(DatasetsError) -> Bool {
    try ZipArchive(bytes, file: "").entries.contains { $0.name.hasSuffix(".npy") }
  }

  /// The file in an archive of one; nil for one of arrays.
  private static func onlyMember(
    _ bytes: [UInt8], file: String, limit: Int
  ) throws(DatasetsError) -> [UInt8]? {
    let isArrayFile = file.lowercased().hasSuffix(".npz")
    guard !isArrayFile, let archive = try? ZipArchive(bytes, file: file) else { return nil }
    let entries = archive.entries
    guard !entries.contains(where: { $0.name.hasSuffix(".npy") }) else { return nil }
    if let foreign = ForeignFormat(members: entries.map(\.name)) {
      throw foreign.error(file: file)
    }
    let files = entries.filter { !$0.name.hasSuffix("/") && !$0.name.hasPrefix("__MACOSX/") }
    guard files.count == 1, let only = files.first else {
      let names = files.prefix(12).map(\.name.quotedExcerpt).joined(separator: ", ")
      throw .content(
        file, .file,
        files.isEmpty
          ? "the archive has no file"
          : "the archive has \(files.count) files: \(names)\(files.count > 12 ? ", …" : "")",
        accepted: "an archive of one file is read; take the table out of it")
    }
    guard only.byteCount <= limit else {
      throw .tooLarge(
        file: file, what: only.name.quotedExcerpt, byteCount: only.byteCount, limit: limit)
    }
    return try archive.content(of: only)
  }
}
