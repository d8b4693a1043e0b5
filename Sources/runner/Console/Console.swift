import Foundation

/// Standard output for results, standard error for everything else.
enum Console {
  /// Writes lines of results.
  static func show(_ lines: [String]) {
    write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
  }

  /// Writes a text of results that ends with a line break.
  static func show(_ text: String) {
    write(text, to: .standardOutput)
  }

  /// Writes what went wrong.
  static func report(_ message: String) {
    write("error: \(message)\n", to: .standardError)
  }

  /// Writes a line about the work itself.
  static func note(_ message: String) {
    write(message + "\n", to: .standardError)
  }

  /// Whether a person is looking at standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func write(_ text: String, to handle: FileHandle) {
    // A reader that has gone away, as in `runner … | head`, is no failure of the run.
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
