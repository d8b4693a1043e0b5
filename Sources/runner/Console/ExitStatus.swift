import Foundation

/// How the program ends; the numbers are those of BSD's sysexits.
enum ExitStatus: Int32 {
  /// A check has found something.
  case failedCheck = 1
  /// An option or argument is wrong.
  case usage = 64
  /// The data are wrong.
  case badData = 65
  /// The program is wrong, or was built for another processor.
  case badMachine = 70
  /// A file cannot be read or written.
  case inputOutput = 74
  /// Stopped before the end.
  case stopped = 75

  /// A plan is wrong, or a store is that of another.
  case badConfiguration = 78

  /// Ends the program.
  func leave() -> Never { exit(rawValue) }

  /// Ends the program while other threads are at work, so without running exit handlers.
  func leaveAtOnce() -> Never { _exit(rawValue) }
}
