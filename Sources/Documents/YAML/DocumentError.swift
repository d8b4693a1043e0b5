/// A YAML file that a person wrote and that cannot be used.
public struct DocumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, where, and what would be accepted, in one line.
  public let description: String

  /// Whether the outside world is at fault rather than what was read.
  public let isInputOutput: Bool

  init(_ description: String, isInputOutput: Bool = false) {
    (self.description, self.isInputOutput) = (description, isInputOutput)
  }

  /// Says what is wrong at a place.
  package init(at location: FileLocation, _ problem: String) {
    self.init("\(location): \(problem)")
  }
}
