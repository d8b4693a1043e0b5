import Foundation

/// The memory of this machine.
public enum SystemMemory {
  /// The bytes that a program can take before others have to give some up, as the system estimates
  /// them; all there are where it does not say.
  public static var availableByteCount: Int {
    let text = (try? InputFile.bytes(of: "/proc/meminfo")) ?? []
    return available(in: String(decoding: text, as: UTF8.self))
      ?? Int(clamping: ProcessInfo.processInfo.physicalMemory)
  }

  static func available(in text: String) -> Int? {
    let label = "MemAvailable:"
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(label) }) else {
      return nil
    }
    let words = line.dropFirst(label.count).split(separator: " ")
    guard words.count == 2, words[1] == "kB", let count = Int(words[0]) else { return nil }
    return count * 1024
  }
}
