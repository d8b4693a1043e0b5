import CZlib

/// Gives back what was compressed by the method of gzip and zip.
///
/// Source: Deutsch, "DEFLATE Compressed Data Format Specification", RFC 1951, and "GZIP file format
/// specification", RFC 1952 (1996).
public enum Inflate {
  /// The most that the method makes of one byte: 258 bytes of two bits.
  public static let largestRatio = 1032

  /// Whether a file begins as gzip writes it.
  public static func isGzip(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The content of a gzip file, or of several after each other; checksums and lengths are checked.
  ///
  /// Zeros may follow, as some tapes leave them.
  /// - Parameter limit: The most bytes that are accepted; no more than twice as many are taken.
  /// - Throws: All cases of `InflateError`.
  public static func gzip(_ bytes: Span<UInt8>, limit: Int) throws(InflateError) -> [UInt8] {
    var stream = InflateStream(.gzip)
    // One byte more than is there, so that a full buffer always means that there is more.
    let largest = min(limit, Int.max - 1) + 1
    var output = [UInt8](repeating: 0, count: min(expectedCount(bytes) + 1, largest))
    var (taken, made) = (0, 0)
    while true {
      switch stream.step(bytes, &taken, &output, &made) {
      case .isFull:
        guard output.count < largest else { throw .tooLarge(limit: limit) }
        let more = min(max(output.count, 1 << 16), largest - output.count)
        output.append(contentsOf: repeatElement(0, count: more))
      case .needsInput: throw .truncated(offset: bytes.count)
      case .isCorrupt(let reason): throw .corrupt(offset: taken, reason: reason)
      case .hasEnded:
        guard made <= limit else { throw .tooLarge(limit: limit) }
        let rest = bytes.extracting(taken..<bytes.count)
        if isGzip(rest) {
          stream.reset()
        } else {
          guard rest.indices.allSatisfy({ rest[$0] == 0 }) else { throw .excess(offset: taken) }
          output.removeLast(output.count - made)
          return output
        }
      }
    }
  }

  /// The first `count` bytes of what was compressed without a frame around it.
  ///
  /// Where they are to be all of it, `isWhole`, no more may come.
  /// - Precondition: There is room for `count` bytes.
  /// - Throws: `InflateError.truncated`, `.corrupt`, `.excess`.
  public static func deflated(
    _ bytes: Span<UInt8>, count: Int, isWhole: Bool = true
  ) throws(InflateError) -> [UInt8] {
    var stream = InflateStream(.deflated)
    var output = [UInt8](repeating: 0, count: count + 1)
    var (taken, made) = (0, 0)
    switch stream.step(bytes, &taken, &output, &made) {
    case .isFull:
      guard !isWhole else {
        throw .corrupt(offset: taken, reason: "there are more than the \(count) bytes it says")
      }
    case .needsInput: throw .truncated(offset: bytes.count)
    case .isCorrupt(let reason): throw .corrupt(offset: taken, reason: reason)
    case .hasEnded:
      guard !isWhole || made == count else {
        throw .corrupt(offset: taken, reason: "there are \(made) bytes, not the \(count) it says")
      }
      guard !isWhole || taken == bytes.count else { throw .excess(offset: taken) }
    }
    output.removeLast(output.count - min(made, count))
    return output
  }

  /// The checksum that gzip and zip keep of bytes, CRC-32.
  public static func checksum(of bytes: Span<UInt8>) -> UInt32 {
    // Safe: the buffer outlives the call, and its count is given.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// What the last bytes say of the length, as far as it can be believed before anything is read.
  private static func expectedCount(_ bytes: Span<UInt8>) -> Int {
    guard bytes.count >= 4 else { return 0 }
    var count = 0
    for place in 1...4 { count = count << 8 | Int(bytes[bytes.count - place]) }
    return min(count, 16 * bytes.count)
  }
}
