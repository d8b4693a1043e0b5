import Foundation

/// The formats of files that labelled rows are read from.
public enum DataFormatCatalog {
  /// All formats, the one of files that no other knows first.
  public static let formats: [any DataFormat] = [
    CSVFormat(), ARFFFormat(), NumPyArrayFormat(), NumPyArchiveFormat(), IDXFormat(),
    LIBSVMFormat(),
  ]

  /// What the names of compressed files end in, behind the ending of their format.
  public static let packedEndings = PackedFile.fileEndings

  /// The format of a file, by its content or else by the ending of its name; CSV where neither is
  /// that of another.
  public static func format(of path: String, _ bytes: [UInt8] = []) -> any DataFormat {
    let ending = URL(fileURLWithPath: baseName(of: path)).pathExtension.lowercased()
    return formats.first { $0.recognizes(bytes) }
      ?? formats.first { $0.fileEndings.contains(ending) } ?? formats[0]
  }

  /// Whether a file that begins with these bytes is compressed, or of a format that is no text.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    PackedFile.isPacked(bytes)
      || formats.contains { !($0 is any TextFormat) && $0.recognizes(bytes) }
  }

  /// The name of a file without folder, and without the ending of compressed files.
  static func baseName(of path: String) -> String {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let ending = PackedFile.fileEndings.first { name.lowercased().hasSuffix(".\($0)") }
    return String(name.dropLast(ending.map { $0.count + 1 } ?? 0))
  }
}
