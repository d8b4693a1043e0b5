import Foundation

/// The formats of files that labelled rows are read from.
public enum DataFormatCatalog {
  /// All formats, the one of files without a known ending first.
  public static let formats: [any DataFormat] = [CSVFormat()]

  /// The format of a file, by the ending of its name; CSV where the ending is that of no other.
  public static func format(of path: String) -> any DataFormat {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    return formats.first { $0.fileEndings.contains(ending) } ?? formats[0]
  }
}
