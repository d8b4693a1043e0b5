import Files

/// The files in a zip archive, stored or deflated.
///
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", version 6.3.10, sections 4.3, 4.5.3.
struct ZipArchive {
  /// One file.
  struct Entry {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32

    /// What it takes in the archive.
    let range: Range<Int>

    /// What it is without compression.
    let byteCount: Int
  }

  /// The archive as errors call it.
  let file: String

  /// The files in the order of the directory.
  let entries: [Entry]

  private let bytes: [UInt8]

  static let accepted =
    "it must be a zip archive as numpy.savez or numpy.savez_compressed writes it"

  static func recognizes(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// Reads the directory at the end of an archive.
  ///
  /// - Throws: `DatasetsError.content`.
  init(_ bytes: [UInt8], file: String) throws(DatasetsError) {
    let reader = ZipReader(bytes: bytes, file: file)
    guard Self.recognizes(bytes) else {
      throw reader.error(0, "the file does not begin as a zip archive")
    }
    var (count, position) = try reader.directory()
    var entries: [Entry] = []
    while count > 0 {
      entries.append(try reader.entry(at: &position))
      count -= 1
    }
    (self.bytes, self.file, self.entries) = (bytes, file, entries)
  }

  /// A file of the archive, or at least its first bytes up to some number.
  ///
  /// - Throws: `DatasetsError.content`.
  func content(of entry: Entry, upTo limit: Int? = nil) throws(DatasetsError) -> [UInt8] {
    let count = min(limit ?? .max, entry.byteCount)
    let isWhole = limit == nil
    let content: [UInt8]
    if entry.isDeflated {
      do {
        content = try Inflate.deflated(
          bytes.span.extracting(entry.range), count: count, isWhole: isWhole)
      } catch {
        throw .content(file, error, frame: "zip", start: entry.range.lowerBound)
      }
    } else {
      content = Array(bytes[entry.range].prefix(count))
    }
    guard !isWhole || Inflate.checksum(of: content.span) == entry.checksum else {
      throw .content(
        file, .byte(entry.range.lowerBound),
        "\(entry.name) has another checksum than the archive says",
        accepted: Self.accepted)
    }
    return content
  }
}
