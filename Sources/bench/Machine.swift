import Foundation

/// What the numbers of a benchmark depend on.
enum Machine {
  /// The processor's own name for itself.
  static var processorName: String {
    field("model name", of: "/proc/cpuinfo") ?? "unknown processor"
  }

  /// Largest resident memory since the start or the last `resetPeak`, in megabytes.
  static var peakMegabytes: Double {
    let kilobytes = field("VmHWM", of: "/proc/self/status")?.split(separator: " ").first
    return (kilobytes.flatMap { Double($0) } ?? 0) / 1024
  }

  /// Begins a new measurement of the largest resident memory.
  static func resetPeak() {
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  private static func field(_ name: String, of path: String) -> String? {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").first { $0.hasPrefix(name) }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
