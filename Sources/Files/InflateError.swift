/// Why compressed bytes cannot be given back; offsets count the compressed bytes from 0.
public enum InflateError: Error, Equatable, Sendable {
  /// The bytes end before what they hold does.
  case truncated(offset: Int)
  /// The bytes near the offset are not what the method writes, or what they give has another checksum
  /// or length than they say, in zlib's words.
  case corrupt(offset: Int, reason: String)
  /// Something else follows the end of what was compressed.
  case excess(offset: Int)
  /// They give more bytes than are accepted.
  case tooLarge(limit: Int)
}
