import Files
import Foundation

/// The format of MNIST: pictures in one file, their labels in another beside it.
///
/// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section on file formats.
public struct IDXFormat: DataFormat {
  /// IDX.
  public let name = "IDX"

  /// Endings, where there are any.
  public let fileEndings = ["idx", "idx1-ubyte", "idx2-ubyte", "idx3-ubyte", "idx4-ubyte"]

  /// A row for each picture, of whole bytes.
  public let conversion: String? = """
    python3 -c "import numpy as n; b = open('FILE', 'rb').read(); s = n.frombuffer(b, '>i4', b[3], 4); \
    n.savetxt('FILE.csv', n.frombuffer(b[4 + 4 * b[3]:], 'u1').reshape(s[0], -1), '%d', ',')"
    """

  /// The format, of which there is one.
  public init() {}

  /// Whether the bytes begin with two zeros, the code of a type, and a small number of dimensions.
  public func recognizes(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0
      && StoredArray.idxElement(bytes[2]) != nil && (1...8).contains(bytes[3])
  }

  /// Reads the bytes of a file, and the labels from the file beside it or from the target.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    try dataset(bytes, name: name, file: file, options: options, classNames: [:])
  }

  /// Reads the bytes of a file, where some classes have names beside their numbers.
  func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions, classNames: [Int: String]
  ) throws(DatasetsError) -> Dataset {
    let features = try StoredArray(idx: bytes, file: file)
    guard features.shape.count > 1 else {
      throw .content(
        file, .byte(3), "the file has one dimension, as files of labels do",
        accepted: "name the file of the pictures; their labels are found beside it")
    }
    let path = try Self.labelsPath(of: file, target: options.target?.text)
    let labels = try StoredArray(
      idx: Self.unpacked(path, limit: options.byteLimit), file: path)
    return try Dataset(
      name: name, features: features, labels: labels, targetName: "label", options: options,
      classNames: classNames)
  }

  private static func unpacked(_ path: String, limit: Int) throws(DatasetsError) -> [UInt8] {
    let bytes = try CSVReader.bytes(contentsOf: path)
    return try PackedFile.unpacked(bytes, file: path, limit: limit) ?? bytes
  }

  /// The file with the labels: the one that is asked for, also beside the file, or that of the usual
  /// name.
  private static func labelsPath(
    of path: String, target: String?
  ) throws(DatasetsError) -> String {
    let url = URL(fileURLWithPath: path)
    let beside = { (name: String) in name.inFolder(path.parentPath) }
    var tried: [String]
    if let target {
      tried = target.hasPrefix("/") ? [target] : [target, beside(target)]
    } else {
      let name = DataFormatCatalog.baseName(of: path)
      let usual = name.replacingOccurrences(of: "images", with: "labels")
        .replacingOccurrences(of: "idx[2-8]", with: "idx1", options: .regularExpression)
      guard usual != name, name.contains("images") else {
        throw .noLabelsFile(file: path, tried: ["…labels…, as the name has no \"images\""])
      }
      let isCompressed = url.lastPathComponent != name
      tried = (isCompressed ? [usual + ".gz", usual] : [usual, usual + ".gz"]).map(beside)
    }
    guard let found = tried.first(where: { InputFile.byteCount(of: $0) != nil }) else {
      throw .noLabelsFile(file: path, tried: tried)
    }
    return found
  }
}

extension StoredArray {
  /// The array of an IDX file.
  ///
  /// - Throws: `DatasetsError.content`.
  init(idx bytes: [UInt8], file: String) throws(DatasetsError) {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, let element = Self.idxElement(bytes[2])
    else {
      throw .content(
        file, .byte(0), "the file does not begin as IDX",
        accepted: "two zeros, a type from 0x08 to 0x0E and the number of dimensions are accepted")
    }
    let dimensions = Int(bytes[3])
    let start = 4 + 4 * dimensions
    guard dimensions > 0, bytes.count >= start else {
      throw .content(
        file, .byte(3), "the file ends before its \(dimensions) dimensions do",
        accepted: "it must be whole, with at least one dimension")
    }
    let shape = (0..<dimensions).map { dimension in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * dimension + $1]) }
    }
    try self.init(file: file, element: element, shape: shape, bytes: bytes, start: start)
  }

  /// The type of elements by its code.
  static func idxElement(_ code: UInt8) -> ElementType? {
    let (kind, byteCount): (ElementType.Kind, Int)
    switch code {
    case 0x08: (kind, byteCount) = (.unsigned, 1)
    case 0x09: (kind, byteCount) = (.signed, 1)
    case 0x0B: (kind, byteCount) = (.signed, 2)
    case 0x0C: (kind, byteCount) = (.signed, 4)
    case 0x0D: (kind, byteCount) = (.floating, 4)
    case 0x0E: (kind, byteCount) = (.floating, 8)
    default: return nil
    }
    return ElementType(kind: kind, byteCount: byteCount, isBigEndian: true)
  }
}
