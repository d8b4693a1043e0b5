/// The dictionary in the header of a .npy file, as Python writes it:
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyLiteral {
  private let bytes: ArraySlice<UInt8>
  private let file: String
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, file: String) {
    (self.bytes, self.file, position) = (bytes, file, bytes.startIndex)
  }

  /// The three values that there must be.
  mutating func header() throws(DatasetsError) -> (
    type: String, shape: [Int], isColumnMajor: Bool
  ) {
    var type: String?
    var shape: [Int]?
    var isColumnMajor: Bool?
    try require("{")
    while !takes("}") {
      let key = try text()
      try require(":")
      switch key {
      case "descr" where type == nil:
        guard !takes("[") else {
          throw error("the elements are structures", accepted: "a type such as '<f8' is accepted")
        }
        type = try text()
      case "fortran_order" where isColumnMajor == nil: isColumnMajor = try truth()
      case "shape" where shape == nil: shape = try counts()
      default: throw unexpected
      }
      guard takes(",") else {
        try require("}")
        break
      }
    }
    skipBlanks()
    guard position == bytes.endIndex, let type, let shape, let isColumnMajor else {
      throw unexpected
    }
    return (type, shape, isColumnMajor)
  }

  private mutating func counts() throws(DatasetsError) -> [Int] {
    var counts: [Int] = []
    try require("(")
    while !takes(")") {
      skipBlanks()
      let start = position
      while position < bytes.endIndex, (0x30...0x39).contains(bytes[position]) { position += 1 }
      guard let count = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw unexpected
      }
      counts.append(count)
      // Long integers of Python 2.
      _ = takes("L")
      guard takes(",") else {
        try require(")")
        break
      }
    }
    return counts
  }

  private mutating func truth() throws(DatasetsError) -> Bool {
    for (word, value) in [("True", true), ("False", false)] {
      skipBlanks()
      if bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
    }
    throw unexpected
  }

  private mutating func text() throws(DatasetsError) -> String {
    skipBlanks()
    guard position < bytes.endIndex,
      [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[position]),
      let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
    else { throw unexpected }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0A].contains(bytes[position]) { position += 1 }
  }

  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func require(_ mark: Unicode.Scalar) throws(DatasetsError) {
    guard takes(mark) else { throw unexpected }
  }

  private var unexpected: DatasetsError {
    error(
      "the header is not what numpy writes here",
      accepted: "it must have descr, fortran_order and shape, as numpy.save writes them")
  }

  private func error(_ problem: String, accepted: String) -> DatasetsError {
    .content(file, .byte(position), problem, accepted: accepted)
  }
}
