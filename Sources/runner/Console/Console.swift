import Files
import Foundation
import Reporting

/// Standard output for results, standard error for everything else.
enum Console {
  /// Makes writing to the standard streams safe; to be called before any file is opened.
  static func prepare() {
    // A closed pipe is then an error of writing rather than the end of the program.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that grows beyond what `ulimit -f` allows.
    signal(SIGXFSZ, SIG_IGN)
    // A stream closed by the caller would lend its number to the next file, which would then be
    // written as if it were the stream. Opened for the wrong direction, its use still fails.
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // Safe: the path outlives the call.
      _ = unsafe open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  static func show(_ lines: [String]) throws(Failure) {
    try show(lines.joined(separator: "\n") + "\n")
  }

  /// Writes a text of results that ends with a line break.
  ///
  /// - Throws: `Failure` when it cannot be written, for instance on a full disk.
  static func show(_ text: String) throws(Failure) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      let reason = SystemReason(error)
      // A reader that has gone away, as in `runner … | head`, has had all it wanted.
      guard reason.code != EPIPE else { return }
      throw Failure(
        code: .inputOutput, message: "standard output cannot be written: \(reason)")
    }
  }

  /// Writes a result as JSON where that is asked for, or else in lines.
  static func show(
    _ record: some Encodable, json: Bool, _ lines: @autoclosure () -> [String]
  ) throws(Failure) {
    try json ? show(JSONText.of(record)) : show(lines())
  }

  /// Writes what went wrong.
  static func report(_ message: String) {
    tell("error: \(message)\n")
  }

  /// Writes a line about the work itself.
  static func note(_ message: String) {
    tell(message + "\n")
  }

  /// Writes to standard error as is; what cannot be said there cannot be said anywhere.
  static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Whether a person is looking at standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Empties the line the cursor is on, where there is one.
  static func clearLine() {
    if isTerminal { tell("\r\u{1B}[K") }
  }
}
