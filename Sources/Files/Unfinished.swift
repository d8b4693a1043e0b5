import Synchronization

/// What this process has begun and not finished, so that a signal can take it back: temporary files
/// and folders, locks, other programs.
///
/// This is the one thing that all of the process shares, as a signal ends all of it.
public enum Unfinished {
  /// A thing that was begun.
  public struct Token: Sendable {
    fileprivate let number: Int
  }

  private struct Begun {
    var count = 0
    var undo: [Int: @Sendable () -> Void] = [:]
  }

  private static let begun = Mutex(Begun())

  /// Begins a thing by one step that says how it is taken back; a signal comes before or after it.
  ///
  /// - Precondition: Neither the step nor what takes it back calls anything of `Unfinished`.
  public static func begin<Failure: Error>(
    _ step: () throws(Failure) -> @Sendable () -> Void
  ) throws(Failure) -> Token {
    try begun.withLock { begun throws(Failure) in
      let undo = try step()
      begun.count += 1
      begun.undo[begun.count] = undo
      return Token(number: begun.count)
    }
  }

  /// Finishes things by one step, before or after which a signal comes, never amid it.
  ///
  /// Where the step throws, they stay unfinished.
  /// - Precondition: `body` calls nothing of `Unfinished`.
  public static func finish<Failure: Error>(
    _ tokens: [Token], by body: () throws(Failure) -> Void
  ) throws(Failure) {
    try begun.withLock { begun throws(Failure) in
      try body()
      for token in tokens { begun.undo[token.number] = nil }
    }
  }

  /// Takes a thing back, unless it is finished.
  public static func takeBack(_ token: Token) {
    begun.withLock { begun in begun.undo.removeValue(forKey: token.number)?() }
  }

  /// Takes everything back, the last first, and ends the program by `leave`.
  ///
  /// A thread that is about to begin or finish something waits until then.
  public static func takeBackAll(andThen leave: () -> Never) -> Never {
    begun.withLock { begun in
      for (_, undo) in begun.undo.sorted(by: { $0.key > $1.key }) { undo() }
      leave()
    }
  }
}
