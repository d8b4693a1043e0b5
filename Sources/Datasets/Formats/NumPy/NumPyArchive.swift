/// The arrays of a .npz file, which is a zip archive of .npy files.
struct NumPyArchive {
  private let archive: ZipArchive

  /// The arrays in the order of the file, and what their headers say.
  private let arrays: [(name: String, entry: ZipArchive.Entry, header: NumPyHeader)]

  /// Enough for the longest header that says what is accepted.
  private static let headerSize = 1 << 16

  /// Reads the headers of all arrays.
  ///
  /// - Throws: `DatasetsError.content`.
  init(_ bytes: [UInt8], file: String) throws(DatasetsError) {
    archive = try ZipArchive(bytes, file: file)
    var arrays: [(String, ZipArchive.Entry, NumPyHeader)] = []
    for entry in archive.entries where entry.name.hasSuffix(".npy") {
      let start = try archive.content(of: entry, upTo: Self.headerSize)
      // What cannot be read is no reason to refuse the others, until it is asked for.
      guard let header = try? NumPyHeader(start, file: file) else { continue }
      arrays.append((String(entry.name.dropLast(4)), entry, header))
    }
    self.arrays = arrays
  }

  /// The names of features and labels, of which the latter may be asked for.
  ///
  /// - Throws: `DatasetsError.unknownLabels`.
  func pair(target: String?) throws(DatasetsError) -> (features: String, labels: String) {
    let names = Set(arrays.map(\.name))
    let usual = NumPyArchiveFormat.usualNames.first { pair in
      names.contains(pair.0) && names.contains(pair.1) && (target ?? pair.1) == pair.1
    }
    if let usual { return (usual.0, usual.1) }
    if let target, let labels = arrays.first(where: { $0.name == target }) {
      let tables = arrays.filter { other in
        other.name != target && other.header.shape.count > 1
          && other.header.shape[0] == labels.header.shape[0]
      }
      if tables.count == 1 { return (tables[0].name, target) }
    }
    throw .unknownLabels(
      file: archive.file, target: target,
      arrays: arrays.map { "\($0.name) (\(StoredArray.text(of: $0.header.shape)))" }
        + archive.entries.filter { entry in !arrays.contains { $0.entry.name == entry.name } }
        .map { "\($0.name) (no array that is read)" })
  }

  /// An array by its name.
  ///
  /// - Throws: `DatasetsError.content`, `.tooLarge`.
  func array(_ name: String, limit: Int) throws(DatasetsError) -> StoredArray {
    guard let entry = arrays.first(where: { $0.name == name })?.entry else {
      throw .unknownLabels(file: archive.file, target: name, arrays: arrays.map(\.name))
    }
    guard entry.byteCount <= limit else {
      throw .tooLarge(
        file: archive.file, what: "the array \(name)", byteCount: entry.byteCount, limit: limit)
    }
    return try StoredArray(
      npy: archive.content(of: entry), name: name, file: "\(archive.file)(\(entry.name))")
  }
}
