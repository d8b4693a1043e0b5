/// What can be wrong with a YAML file that a person wrote, in the words of its kind.
///
/// The cases of an enumeration fulfil the requirements.
package protocol DocumentFailure: Error {
  /// The file is missing, is a directory, or may not be read.
  static func unreadable(path: String, reason: String) -> Self

  /// The file has more bytes than any of its kind.
  static func tooLarge(path: String, limit: Int) -> Self

  /// The file is not UTF-8.
  static func invalidUTF8(file: String) -> Self

  /// The file holds nothing but white space and comments.
  static func empty(file: String) -> Self

  /// The text is not YAML.
  static func syntax(at: FileLocation, problem: String) -> Self

  /// Something of YAML that such files do without.
  static func unsupported(at: FileLocation, what: String) -> Self

  /// A key that is there already.
  static func repeatedKey(at: FileLocation, key: String) -> Self

  /// A value that the key cannot have.
  static func invalidValue(
    at: FileLocation, key: String, found: String, accepted: String
  ) -> Self
}
