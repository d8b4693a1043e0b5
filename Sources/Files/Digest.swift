import CCrypto

/// A cryptographic hash of bytes that arrive in parts, by the system's libcrypto.
///
/// It can be used again after `finish`: an algorithm is looked up once, not for each hash.
@safe public struct Digest: ~Copyable {
  /// Which hash.
  public enum Algorithm: Sendable {
    /// 32 bytes. Source: FIPS 180-4.
    case sha256
    /// 16 bytes, for formats that ask for it; it keeps nobody from making two equal ones.
    /// Source: RFC 1321.
    case md5

    var byteCount: Int {
      switch self {
      case .sha256: 32
      case .md5: 16
      }
    }
  }

  private let algorithm: Algorithm
  private let context: OpaquePointer

  /// No bytes yet.
  public init(_ algorithm: Algorithm = .sha256) {
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("no memory is left") }
    self.algorithm = algorithm
    unsafe self.context = context
    begin()
  }

  // Safe: the context is this value's alone.
  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    // Safe: the buffer outlives the call.
    let isDone = unsafe bytes.withUnsafeBytes { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1
    }
    precondition(isDone, "libcrypto refuses bytes")
  }

  /// Adds words, each as its bytes in little-endian order.
  ///
  /// - Precondition: They are stored so, as `UInt64.littleEndian` is.
  public mutating func update(littleEndian words: [UInt64]) {
    // Safe: the buffer outlives the call.
    let isDone = unsafe words.withUnsafeBytes { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1
    }
    precondition(isDone, "libcrypto refuses bytes")
  }

  /// The hash of all bytes so far; none are there afterwards.
  public mutating func finish() -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: algorithm.byteCount)
    // Safe: the array has room for the whole hash.
    let isDone = unsafe EVP_DigestFinal_ex(context, &hash, nil) == 1
    precondition(isDone, "libcrypto cannot finish a hash")
    begin()
    return hash
  }

  /// The hash of some bytes.
  public static func hash(_ bytes: [UInt8], by algorithm: Algorithm = .sha256) -> [UInt8] {
    var digest = Digest(algorithm)
    digest.update(bytes)
    return digest.finish()
  }

  private mutating func begin() {
    let known = unsafe algorithm == .sha256 ? Self.sha256 : Self.md5
    let isDone = unsafe EVP_DigestInit_ex(context, known, nil) == 1
    precondition(isDone, "libcrypto has no \(algorithm)")
  }

  // Safe: algorithms are never freed, and libcrypto lets threads share them.
  private nonisolated(unsafe) static let sha256 = unsafe EVP_MD_fetch(nil, "SHA256", nil)
  // MD5 is no part of FIPS's set, and nothing here relies on its strength.
  private nonisolated(unsafe) static let md5 = unsafe EVP_MD_fetch(nil, "MD5", "-fips")
}

extension Sequence<UInt8> {
  /// The bytes as lowercase hexadecimal digits.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
