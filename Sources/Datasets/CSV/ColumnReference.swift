import Documents

/// A column as a user writes it: by name, or by index.
///
/// The text means the column of exactly that name if there is one. Otherwise, if it is an integer,
/// it means the column of that index: counted from 0, or back from -1, the last.
public struct ColumnReference: Sendable, Hashable, CustomStringConvertible {
  /// The reference as written.
  public let text: String

  /// Makes a reference from its text; whether it refers to anything is up to the file.
  public init(_ text: String) {
    self.text = text
  }

  /// The last column, unless another one is named "-1".
  public static let last = ColumnReference("-1")

  /// The reference as written.
  public var description: String { text }

  /// The index of the column meant.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, with the nearest name unless the text is an integer.
  func index(among names: [String], file: String) throws(DatasetsError) -> Int {
    if let index = names.firstIndex(of: text) { return index }
    let number = Int(text)
    if let number {
      let index = number < 0 ? number + names.count : number
      if names.indices.contains(index) { return index }
    }
    let suggestion = number == nil ? Suggestion.nearest(to: text, among: names) : nil
    throw .unknownColumn(file: file, reference: text, suggestion: suggestion, columns: names)
  }
}
