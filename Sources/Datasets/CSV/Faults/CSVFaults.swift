public import Documents

/// All that keeps the rows of a CSV file from being read, by column and kind.
public struct CSVFaults: Sendable, Equatable {
  /// What is wrong with a field.
  public enum Kind: Sendable, Equatable {
    /// Text in a column of numbers.
    case text
    /// Text of another kind than a column holds that are no numbers.
    case foreign
    /// Nothing, or what usually stands for it.
    case gap
    /// A number that is infinite, or too large.
    case size
  }

  /// Fields of one column with the same fault.
  public struct Group: Sendable, Equatable {
    /// The name of the column.
    public let column: String

    /// What is wrong.
    public let kind: Kind

    /// How many rows have it.
    public internal(set) var count = 0

    /// Where the first ones are, and what they hold.
    public internal(set) var examples: [Example] = []

    /// The different texts, up to one more than are shown.
    public internal(set) var words: [String] = []
  }

  /// A field with a fault.
  public struct Example: Sendable, Equatable {
    /// Where it is.
    public let location: FileLocation

    /// What it holds.
    public let text: String
  }

  /// The file as its reader was told to call it.
  public let file: String

  /// The faults of fields, in the order in which they were met.
  public private(set) var groups: [Group] = []

  /// How many rows have another number of fields than the header.
  public private(set) var raggedCount = 0

  /// The first of those rows, each an error of its own.
  public private(set) var ragged: [DatasetsError] = []

  /// Why the rest of the file was not read; nil where all of it was.
  public private(set) var stop: [DatasetsError] = []

  /// How many rows were read.
  public internal(set) var rowCount = 0

  /// The columns of features.
  public let features: [String]

  /// The column of the classes.
  public let target: String

  // A list, as an error cannot hold itself.
  private var first: [DatasetsError] = []
  private var count = 0

  private static let exampleCount = 3

  /// How many different texts can be named.
  public static let wordCount = 5

  /// Faults of rows alone, whatever their columns hold.
  init(file: String) { (self.file, features, target) = (file, [], "") }

  init(file: String, columns: CSVColumns) {
    self.file = file
    features = columns.featureNames
    target = columns.names[columns.target]
  }

  /// The features that have faults and can be left out so that the rest can be read; none where that
  /// does not help, or leaves no feature.
  public var columnsToIgnore: [String] {
    let faulty = Set(groups.map(\.column))
    guard raggedCount == 0, stop.isEmpty, !faulty.contains(target), faulty.count < features.count
    else { return [] }
    return features.filter(faulty.contains)
  }

  /// Keeps the error of a row or field.
  ///
  /// - Throws: The error where it is one of another kind.
  mutating func take(_ error: DatasetsError) throws(DatasetsError) {
    switch error {
    case .raggedRow:
      raggedCount += 1
      if ragged.count < Self.exampleCount { ragged.append(error) }
    case .notANumber(let location, let text, let column):
      let isGap = MissingText.usual.contains(text.trimmingBlanks)
      add(column, isGap ? .gap : .text, location, text)
    case .unexpectedText(let location, let text, let column, _):
      add(column, .foreign, location, text)
    case .emptyNumber(let location, let column), .emptyLabel(let location, let column),
      .emptyGroup(let location, let column):
      add(column, .gap, location, "")
    case .invalidWeight(let location, let text, let column):
      let isGap = text.isEmpty || MissingText.usual.contains(text.trimmingBlanks)
      add(column, isGap ? .gap : Double(text) == nil ? .text : .size, location, text)
    case .nonFiniteNumber(let location, let text, let column):
      let isGap = MissingText.usual.contains(text.trimmingBlanks)
      add(column, isGap ? .gap : .size, location, text)
    case .numberOutOfRange(let location, let text, let column):
      add(column, .size, location, text)
    default: throw error
    }
    count += 1
    if first.isEmpty { first = [error] }
  }

  /// Keeps why the rest of the file is not read.
  mutating func end(with error: DatasetsError) {
    stop = [error]
    count += 1
    if first.isEmpty { first = [error] }
  }

  private mutating func add(
    _ column: String, _ kind: Kind, _ location: FileLocation, _ text: String
  ) {
    var place = groups.firstIndex { $0.column == column && $0.kind == kind }
    if place == nil {
      groups.append(Group(column: column, kind: kind))
      place = groups.count - 1
    }
    guard let place else { return }
    groups[place].count += 1
    let word = text.trimmingBlanks
    if groups[place].words.count <= Self.wordCount, !groups[place].words.contains(word) {
      groups[place].words.append(word)
    }
    if groups[place].examples.count < Self.exampleCount {
      groups[place].examples.append(Example(location: location, text: text))
    }
  }

  /// What is wrong; nil where nothing is.
  ///
  /// A fault that is alone is told as such.
  var error: DatasetsError? { count > 1 ? .faults(self) : first.first }
}

extension CSVFaults: CustomStringConvertible {
  private static let shownColumns = 20

  /// A line for the file, and one for each kind of fault, with the places of the first.
  public var description: String {
    var lines = groups.prefix(Self.shownColumns).map(line)
    if groups.count > Self.shownColumns {
      lines.append("and \(groups.count - Self.shownColumns) more columns")
    }
    if raggedCount > 0 {
      lines.append(
        "\(raggedCount) \(raggedCount == 1 ? "row has" : "rows have") another number of fields: "
          + ragged.map(Self.shortened).joined(separator: "; "))
    }
    for error in stop {
      lines.append("nothing is read from \(Self.place(of: error.description, in: file))")
    }
    let count = Set(groups.map(\.column)).count
    let head =
      count == 0
      ? "rows cannot be read"
      : "\(count) \(count == 1 ? "column" : "columns") of \(rowCount) rows cannot be read"
    return (["\(file): \(head):"] + lines).joined(separator: "\n  ")
  }

  private func line(_ group: Group) -> String {
    let what =
      switch group.kind {
      case .text: "no number"
      case .foreign: "another text than it holds"
      case .gap: "no value"
      case .size: "a number out of range"
      }
    let examples = group.examples.map { example in
      let place = "\(example.location.line)\(example.location.column.map { ":\($0)" } ?? "")"
      return example.text.isEmpty ? place : "\(place) (\(example.text.quotedExcerpt))"
    }
    let rest = group.count > examples.count ? ", …" : ""
    return "\(group.column.quotedExcerpt): \(what) in \(group.count) of \(rowCount) rows: "
      + examples.joined(separator: ", ") + rest
  }

  private static func shortened(_ error: DatasetsError) -> String {
    guard case .raggedRow(let location, let found, let expected) = error else {
      return error.description
    }
    return "line \(location.line) has \(found) of \(expected)"
  }

  /// The description of an error without the file, which the first line names.
  private static func place(of description: String, in file: String) -> String {
    description.hasPrefix(file + ":") ? String(description.dropFirst(file.count + 1)) : description
  }
}

extension String {
  /// The text without the blanks and tabs around it.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
