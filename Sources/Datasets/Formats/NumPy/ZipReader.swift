import Files

/// Reads the structures of a zip archive, none beyond its end.
struct ZipReader {
  let bytes: [UInt8]
  let file: String

  func error(_ offset: Int, _ problem: String) -> DatasetsError {
    .content(file, .byte(offset), problem, accepted: ZipArchive.accepted)
  }

  /// How many entries the directory has, and where it begins.
  func directory() throws(DatasetsError) -> (count: Int, start: Int) {
    // A comment of up to 65,535 bytes may follow the last record of 22.
    let first = max(bytes.count - 22 - 0xFFFF, 0)
    let end = stride(from: bytes.count - 22, through: first, by: -1).first { place in
      bytes[place...].starts(with: [0x50, 0x4B, 5, 6])
    }
    guard let end else {
      throw error(bytes.count, "the archive ends without a directory, so it is cut off")
    }
    var (count, start) = (try integer(2, at: end + 10), try integer(4, at: end + 16))
    if count == 0xFFFF || start == 0xFFFF_FFFF {
      let locator = end - 20
      guard locator >= 0, try integer(4, at: locator) == 0x0706_4B50 else {
        throw error(end, "the place of a large directory is missing")
      }
      let record = try integer(8, at: locator + 8)
      guard try integer(4, at: record) == 0x0606_4B50 else {
        throw error(record, "there is no directory here")
      }
      (count, start) = (try integer(8, at: record + 32), try integer(8, at: record + 48))
    }
    // An entry takes 46 bytes at least.
    guard start <= end, count <= (end - start) / 46 else {
      throw error(end, "the directory does not fit into the archive")
    }
    return (count, start)
  }

  /// The entry of the directory at a place, which is then that of the next.
  func entry(at position: inout Int) throws(DatasetsError) -> ZipArchive.Entry {
    let start = position
    guard try integer(4, at: start) == 0x0201_4B50 else {
      throw error(start, "there is no entry of the directory here")
    }
    let flags = try integer(2, at: start + 8)
    let method = try integer(2, at: start + 10)
    let (nameCount, extraCount) = (try integer(2, at: start + 28), try integer(2, at: start + 30))
    let extra = start + 46 + nameCount
    position = extra + extraCount + (try integer(2, at: start + 32))
    guard position <= bytes.count else { throw error(start, "an entry is cut off") }
    let name = String(decoding: bytes[start + 46..<extra], as: UTF8.self)
    var sizes = [
      try integer(4, at: start + 24), try integer(4, at: start + 20),
      try integer(4, at: start + 42),
    ]
    try readLargeSizes(&sizes, from: extra, to: extra + extraCount)
    let (byteCount, packed, header) = (sizes[0], sizes[1], sizes[2])
    guard flags & 1 == 0, method == 0 || method == 8 else {
      throw error(
        start,
        flags & 1 == 1
          ? "\(name) is encrypted" : "\(name) is compressed by a method other than deflate")
    }
    guard try integer(4, at: header) == 0x0403_4B50 else {
      throw error(header, "\(name) does not begin here")
    }
    let first = header + 30 + (try integer(2, at: header + 26)) + (try integer(2, at: header + 28))
    guard first <= bytes.count, packed <= bytes.count - first else {
      throw error(header, "\(name) is cut off")
    }
    // What a few bytes cannot become need not be tried.
    let most = packed.multipliedReportingOverflow(by: Inflate.largestRatio)
    guard method == 8 ? most.overflow || byteCount <= most.partialValue : byteCount == packed else {
      throw error(header, "\(name) cannot have the \(byteCount) bytes that the directory says")
    }
    return ZipArchive.Entry(
      name: name, isDeflated: method == 8, checksum: UInt32(try integer(4, at: start + 16)),
      range: first..<first + packed, byteCount: byteCount)
  }

  /// Replaces sizes that are too large for 32 bits by those in the extra field of zip64.
  private func readLargeSizes(
    _ sizes: inout [Int], from start: Int, to end: Int
  ) throws(DatasetsError) {
    guard sizes.contains(0xFFFF_FFFF) else { return }
    var position = start
    while position + 4 <= end {
      let (tag, count) = (try integer(2, at: position), try integer(2, at: position + 2))
      position += 4
      if tag == 1 {
        for place in sizes.indices where sizes[place] == 0xFFFF_FFFF {
          sizes[place] = try integer(8, at: position)
          position += 8
        }
        return
      }
      position += count
    }
    throw error(start, "the sizes of a large file are missing")
  }

  /// The unsigned little-endian integer of some bytes.
  private func integer(_ count: Int, at offset: Int) throws(DatasetsError) -> Int {
    guard offset >= 0, offset <= bytes.count - count else {
      throw error(bytes.count, "the archive is cut off")
    }
    var value: UInt64 = 0
    for place in (offset..<offset + count).reversed() { value = value << 8 | UInt64(bytes[place]) }
    guard let value = Int(exactly: value) else {
      throw error(offset, "there is an impossible size here")
    }
    return value
  }
}
