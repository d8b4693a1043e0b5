import Foundation

/// The formats of files that labelled rows are read from.
public enum DataFormatCatalog {
  /// All formats, the one of files that no other knows first.
  public static let formats: [any DataFormat] = [
    CSVFormat(), NumPyArrayFormat(), NumPyArchiveFormat(), IDXFormat(), LIBSVMFormat(),
  ]

  /// The format of a file, by its content or else by the ending of its name; CSV where neither is
  /// that of another.
  public static func format(of path: String, _ bytes: [UInt8] = []) -> any DataFormat {
    let ending = URL(fileURLWithPath: baseName(of: path)).pathExtension.lowercased()
    return formats.first { $0.recognizes(bytes) }
      ?? formats.first { $0.fileEndings.contains(ending) } ?? formats[0]
  }

  /// The name of a file without folder, and without the ending of compressed files.
  static func baseName(of path: String) -> String {
    let name = URL(fileURLWithPath: path).lastPathComponent
    return name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
