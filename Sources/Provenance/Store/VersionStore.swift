import Datasets

/// The contents and row hashes of versions, each a file called by the SHA-256 of the version.
///
/// `objects/ab/cdef…` holds the bytes of version abcdef…; `rows/ab/cdef…` the hashes of its records,
/// 32 bytes each, from which the root in the log follows. Neither is ever changed.
struct VersionStore: Sendable {
  let folder: String

  func objectPath(_ version: ContentHash) -> String { path("objects", version) }

  func rowsPath(_ version: ContentHash) -> String { path("rows", version) }

  private func path(_ kind: String, _ version: ContentHash) -> String {
    let digits = version.hexadecimal
    return "\(folder)/\(kind)/\(digits.prefix(2))/\(digits.dropFirst(2))"
  }

  /// Keeps a version, unless it is kept already.
  ///
  /// - Precondition: The caller has the lock.
  func keep(_ version: TableVersion, withContent: Bool) throws(ProvenanceError) {
    var rows: [UInt8] = []
    rows.reserveCapacity(version.tree.leafCount * ContentHash.byteCount)
    for leaf in version.tree.leaves { leaf.append(to: &rows) }
    try LogFile.keep(rows, at: rowsPath(version.hash))
    if withContent { try LogFile.keep(version.records.content, at: objectPath(version.hash)) }
  }

  /// The content of a version as it is kept, right or wrong; nil where it is not.
  func content(_ version: ContentHash) throws(ProvenanceError) -> [UInt8]? {
    try LogFile.bytes(of: objectPath(version))
  }

  /// The hashes of its records as they are kept, right or wrong; nil where they are not, or where
  /// there is a part of a hash.
  func leaves(_ version: ContentHash) throws(ProvenanceError) -> [ContentHash]? {
    guard let bytes = try LogFile.bytes(of: rowsPath(version)),
      bytes.count % ContentHash.byteCount == 0
    else { return nil }
    return stride(from: 0, to: bytes.count, by: ContentHash.byteCount).map { start in
      ContentHash(bytes: bytes[start..<start + ContentHash.byteCount])
    }
  }

  /// The paths, from the folder of the log, of all files that are kept.
  func files() throws(ProvenanceError) -> [String] {
    var files: [String] = []
    for kind in ["objects", "rows"] {
      for start in try LogFile.names(in: "\(folder)/\(kind)") {
        for rest in try LogFile.names(in: "\(folder)/\(kind)/\(start)") {
          files.append("\(kind)/\(start)/\(rest)")
        }
      }
    }
    return files
  }
}
