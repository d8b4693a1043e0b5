import Foundation

/// What this machine is called.
enum HostName {
  /// The name, without asking a network.
  static let current: String = {
    var bytes = [CChar](repeating: 0, count: 65)
    // Safe: the last byte stays zero, and the text is copied at once.
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()
}
