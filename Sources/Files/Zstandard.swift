import CZstd

/// Gives back what was compressed by zstd.
///
/// Source: Collet and Kucherawy, "Zstandard Compression and the 'application/zstd' Media Type",
/// RFC 8878 (2021).
public enum Zstandard {
  /// Whether a file begins as zstd writes it.
  public static func recognizes(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 4 && bytes[0] == 0x28 && bytes[1] == 0xB5 && bytes[2] == 0x2F
      && bytes[3] == 0xFD
  }

  /// The content of a file, or of several after each other; checksums are checked where there are any.
  ///
  /// - Parameter limit: The most bytes that are accepted; no more than twice as many are taken.
  /// - Throws: `InflateError.truncated`, `.corrupt`, `.tooLarge`.
  public static func decompressed(
    _ bytes: Span<UInt8>, limit: Int
  ) throws(InflateError) -> [UInt8] {
    var stream = ZstandardStream()
    // One byte more than is there, so that a full buffer always means that there is more.
    let largest = min(limit, Int.max - 1) + 1
    var output = [UInt8](repeating: 0, count: min(max(4 * bytes.count, 1 << 16), largest))
    var (taken, made) = (0, 0)
    while true {
      switch stream.step(bytes, &taken, &output, &made) {
      case .isFull:
        guard output.count < largest else { throw .tooLarge(limit: limit) }
        let more = min(output.count, largest - output.count)
        output.append(contentsOf: repeatElement(0, count: more))
      case .needsInput: throw .truncated(offset: bytes.count)
      case .isCorrupt(let reason): throw .corrupt(offset: taken, reason: reason)
      case .hasEnded:
        guard made <= limit else { throw .tooLarge(limit: limit) }
        output.removeLast(output.count - made)
        return output
      }
    }
  }
}

/// A stream of libzstd's that decompresses bytes, part by part.
@safe private struct ZstandardStream: ~Copyable {
  /// Why a step came to its end.
  enum Outcome {
    case hasEnded, isFull, needsInput
    case isCorrupt(reason: String)
  }

  private let stream: OpaquePointer

  init() {
    guard let stream = unsafe ZSTD_createDStream() else {
      preconditionFailure("zstd cannot start: it has no memory")
    }
    unsafe self.stream = stream
  }

  // Safe: the stream is this value's alone.
  deinit { unsafe ZSTD_freeDStream(stream) }

  /// Goes on from `taken` and `made`, which it moves, until the output is full or the input ends.
  mutating func step(
    _ input: Span<UInt8>, _ taken: inout Int, _ output: inout [UInt8], _ made: inout Int
  ) -> Outcome {
    // Safe: both buffers outlive the calls, and zstd is told how long they are.
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: taken)
        var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: made)
        while true {
          guard unsafe to.pos < to.size else { return .isFull }
          let before = unsafe (from.pos, to.pos)
          let code = unsafe ZSTD_decompressStream(stream, &to, &from)
          (taken, made) = unsafe (from.pos, to.pos)
          if ZSTD_isError(code) != 0 {
            return .isCorrupt(reason: unsafe String(cString: ZSTD_getErrorName(code)))
          }
          // Zero says that a frame is whole; another may follow.
          if code == 0, taken == source.count { return .hasEnded }
          let isStuck = unsafe before == (from.pos, to.pos)
          if taken == source.count, isStuck { return .needsInput }
        }
      }
    }
  }
}
