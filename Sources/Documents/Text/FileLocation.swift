/// A place in a text file, counted from 1.
public struct FileLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file as its reader was told to call it.
  public let file: String

  /// The line of the file, counting every line break, also those inside quotes.
  public let line: Int

  /// The field of the row, or nil where the whole row is meant.
  public let column: Int?

  /// Makes a location from its parts.
  public init(file: String, line: Int, column: Int? = nil) {
    (self.file, self.line, self.column) = (file, line, column)
  }

  /// The location as compilers print it: `file:line:column` or `file:line`.
  public var description: String {
    column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
  }
}
