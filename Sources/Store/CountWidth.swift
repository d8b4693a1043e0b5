import Foundation

/// The bytes of one count in a blob of counts, little-endian: 1, 2 or 4.
struct CountWidth: Sendable, Equatable {
  let byteCount: Int

  /// The smallest width that holds 0...`largest`.
  init(holding largest: Int) {
    byteCount = largest <= Int(UInt8.max) ? 1 : largest <= Int(UInt16.max) ? 2 : 4
  }

  func packed(_ counts: [UInt32]) -> Data {
    var bytes = Data(capacity: counts.count * byteCount)
    for count in counts {
      for shift in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * shift))) }
    }
    return bytes
  }

  /// The counts in bytes; nil when the last is cut off.
  func unpacked(_ bytes: Data) -> [UInt32]? {
    guard bytes.count.isMultiple(of: byteCount) else { return nil }
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count, by: byteCount).map { start in
      (0..<byteCount).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
    }
  }
}
