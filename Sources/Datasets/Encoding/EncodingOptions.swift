/// What somebody says of how columns become numbers; the rest shows in the file.
public struct EncodingOptions: Sendable, Hashable {
  /// A column, and what is said of it.
  public struct Said<Choice: Sendable & Hashable>: Sendable, Hashable {
    /// The column.
    public let column: ColumnReference

    /// What is said.
    public let choice: Choice

    /// Says something of a column.
    public init(_ column: ColumnReference, _ choice: Choice) {
      (self.column, self.choice) = (column, choice)
    }
  }

  /// How columns become numbers.
  public var encodings: [Said<EncodingChoice>] = []

  /// What becomes of gaps in columns of which nothing else is said; nil for `median`.
  public var gaps: GapPolicy?

  /// What becomes of gaps in some columns.
  public var gapsOfColumns: [Said<GapPolicy>] = []

  /// Texts that stand for no value.
  public var missingTexts: [String] = []

  /// Whether those that usually do, such as `NA`, do so too.
  public var usesUsualTexts = true

  /// An encoding that is there already, which a file with the same columns is to have.
  package var encoding: TableEncoding?

  /// Nothing is said.
  public init() {}

  /// Whether a file of plain numbers is to be read as if nothing were said.
  var leavesNumbers: Bool {
    encodings.isEmpty && missingTexts.isEmpty && encoding == nil
  }
}

/// What can be said of how columns become numbers, by the name that options and plans have for it.
public enum EncodingKey: String, CaseIterable, Sendable {
  case encode, missing
  case missingText = "missing_text"

  /// What is accepted, in words.
  public var accepted: String {
    switch self {
    case .encode:
      "COLUMN=onehot, ordinal, hash:N with N from 2 to \(EncodingChoice.mostBuckets), date, number or "
        + "ignore, with commas between several"
    case .missing:
      "median, indicator, drop or error, also COLUMN=drop, with commas between several"
    case .missingText: "texts with commas between them, or none for nothing but empty fields"
    }
  }
}

extension EncodingOptions {
  /// Takes what somebody says, as a list with commas.
  ///
  /// - Returns: Whether it is accepted.
  public mutating func set(_ key: EncodingKey, to text: String) -> Bool {
    let items = NamedChoice.list(text)
    switch key {
    case .encode:
      for item in items {
        guard let name = item.name, let choice = EncodingChoice(item.choice) else { return false }
        encodings.append(Said(ColumnReference(name), choice))
      }
    case .missing:
      for item in items {
        guard let policy = GapPolicy(rawValue: item.choice) else { return false }
        if let name = item.name {
          gapsOfColumns.append(Said(ColumnReference(name), policy))
        } else {
          guard gaps == nil || gaps == policy else { return false }
          gaps = policy
        }
      }
    case .missingText:
      for reference in ColumnReference.list(text) where !reference.text.isEmpty {
        if reference.text == "none" {
          usesUsualTexts = false
        } else {
          missingTexts.append(reference.text)
        }
      }
    }
    return true
  }

  /// Takes nothing as said any more.
  package mutating func forget(_ key: EncodingKey) {
    switch key {
    case .encode: encodings = []
    case .missing: (gaps, gapsOfColumns) = (nil, [])
    case .missingText: (missingTexts, usesUsualTexts) = ([], true)
    }
  }

  /// What `set` would take; nil where nothing is said.
  public func text(_ key: EncodingKey) -> String? {
    let items: [String] =
      switch key {
      case .encode: encodings.map { NamedChoice($0.column.text, "\($0.choice)").text }
      case .missing:
        (gaps.map { [$0.rawValue] } ?? [])
          + gapsOfColumns.map { NamedChoice($0.column.text, $0.choice.rawValue).text }
      case .missingText:
        (usesUsualTexts ? [] : ["none"]) + missingTexts.map(ColumnReference.item)
      }
    return items.isEmpty ? nil : items.joined(separator: ",")
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { EncodingKey.allCases.allSatisfy { text($0) == nil } }
}
