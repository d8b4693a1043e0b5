import Documents

/// What the first bytes of a .npy file say of its array.
///
/// Source: NumPy, "A simple file format for NumPy arrays", `numpy.lib.format`, versions 1.0 to 3.0.
struct NumPyHeader {
  /// How every file begins.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  let element: ElementType
  let shape: [Int]
  let isColumnMajor: Bool

  /// Where the elements begin.
  let byteCount: Int

  private static let accepted =
    "a .npy file of version 1, 2 or 3, as numpy.save writes it, is accepted"

  /// Reads the beginning of a file.
  ///
  /// - Throws: `DatasetsError.content`.
  init(_ bytes: [UInt8], file: String) throws(DatasetsError) {
    guard bytes.starts(with: Self.magic) else {
      throw .content(
        file, .byte(0), "the file does not begin with \\x93NUMPY", accepted: Self.accepted)
    }
    let version = bytes.count > 7 ? bytes[6] : 0
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw .content(
        file, .byte(6), "the version of the format is missing or unknown", accepted: Self.accepted)
    }
    let size = version == 1 ? 2 : 4
    let start = 8 + size
    var count = 0
    for place in (8..<start).reversed() {
      count = count << 8 | Int(place < bytes.count ? bytes[place] : 0)
    }
    guard bytes.count >= start, count <= bytes.count - start else {
      throw .content(
        file, .byte(8), "the file ends inside its header", accepted: Self.accepted)
    }
    var literal = NumPyLiteral(bytes[start..<start + count], file: file)
    let values = try literal.header()
    element = try Self.element(values.type, file: file, offset: start)
    (shape, isColumnMajor) = (values.shape, values.isColumnMajor)
    byteCount = start + count
    guard !shape.isEmpty else {
      throw .content(
        file, .byte(start), "the array is a single number",
        accepted: "arrays of at least one dimension are accepted")
    }
  }

  /// The type of elements by its code, such as `<f8`.
  private static func element(
    _ code: String, file: String, offset: Int
  ) throws(DatasetsError) -> ElementType {
    let order = code.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    let rest = order == nil ? code[...] : code.dropFirst()
    let size = Int(rest.dropFirst()) ?? 0
    let kind: ElementType.Kind? =
      switch (rest.first, size) {
      case ("b", 1): .boolean
      case ("i", 1), ("i", 2), ("i", 4), ("i", 8): .signed
      case ("u", 1), ("u", 2), ("u", 4), ("u", 8): .unsigned
      case ("f", 2), ("f", 4), ("f", 8): .floating
      case ("S", 1...), ("a", 1...): .bytes
      case ("U", 1...(1 << 32)): .unicode
      default: nil
      }
    guard let kind else {
      let what: String =
        switch rest.first {
        case "O": "Python objects"
        case "c": "complex numbers"
        case "V": "structures"
        case "M", "m": "dates or times"
        default: "of a type that is not known"
        }
      throw .content(
        file, .byte(offset), "the elements, \(code.quotedExcerpt), are \(what)",
        accepted: "accepted: bool, int8 to int64, uint8 to uint64, float16, float32, float64, and "
          + "for labels S and U")
    }
    return ElementType(
      kind: kind, byteCount: kind == .unicode ? 4 * size : size, isBigEndian: order == ">")
  }
}

extension StoredArray {
  /// The array of a .npy file.
  ///
  /// - Throws: `DatasetsError.content`.
  init(npy bytes: [UInt8], name: String = "", file: String) throws(DatasetsError) {
    let header = try NumPyHeader(bytes, file: file)
    try self.init(
      name: name, file: file, element: header.element, shape: header.shape,
      isColumnMajor: header.isColumnMajor, bytes: bytes, start: header.byteCount)
  }
}
