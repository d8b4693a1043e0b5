import CZlib

/// A stream of zlib's that inflates bytes, part by part.
@safe struct InflateStream: ~Copyable {
  /// What surrounds the compressed bytes.
  enum Frame: Int32 {
    case gzip = 31
    case deflated = -15
  }

  /// Why a step came to its end.
  enum Outcome {
    case hasEnded, isFull, needsInput
    case isCorrupt(reason: String)
  }

  // zlib keeps the address, so the structure must never move.
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ frame: Frame) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(
      stream, frame.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib cannot start: it has no memory, or is of another version")
  }

  // Safe: the structure is this value's alone.
  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Begins anew, with the bytes that follow.
  mutating func reset() { unsafe inflateReset(stream) }

  /// Goes on from `taken` and `made`, which it moves, until the output is full or the input ends.
  mutating func step(
    _ input: Span<UInt8>, _ taken: inout Int, _ output: inout [UInt8], _ made: inout Int
  ) -> Outcome {
    // zlib counts in 32 bits.
    let most = 1 << 30
    // Safe: both buffers outlive the calls, and zlib is told how much is left of each.
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        while true {
          let (rest, room) = (min(source.count - taken, most), min(target.count - made, most))
          guard room > 0 else { return .isFull }
          unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: source.baseAddress.map { unsafe $0 + taken })
          unsafe stream.pointee.avail_in = UInt32(rest)
          unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + made }
          unsafe stream.pointee.avail_out = UInt32(room)
          let code = unsafe inflate(stream, Z_NO_FLUSH)
          taken += unsafe rest - Int(stream.pointee.avail_in)
          made += unsafe room - Int(stream.pointee.avail_out)
          switch code {
          case Z_STREAM_END: return .hasEnded
          case Z_OK, Z_BUF_ERROR:
            if made < target.count, taken == source.count { return .needsInput }
          case Z_MEM_ERROR: preconditionFailure("no memory is left")
          default:
            return .isCorrupt(
              reason: unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
                ?? "it needs a dictionary")
          }
        }
      }
    }
  }
}
