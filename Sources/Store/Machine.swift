import Foundation

/// The machine a program runs on.
enum Machine {
  /// The name of the processor as Linux has it, or `unknown`.
  static var processorName: String {
    guard let file = FileHandle(forReadingAtPath: "/proc/cpuinfo"),
      let bytes = try? file.readToEnd()
    else { return "unknown" }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let fields = lines.first { $0.hasPrefix("model name") }?.split(separator: ":", maxSplits: 1)
    return fields?.last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  /// Number of cores that may be used.
  static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
