/// The parameters of a specification, checked against those there are and read by name and kind.
package struct SpecificationParameters: Sendable {
  /// The name of what they are for.
  package let subject: String

  private let kind: SpecificationError.Kind
  private let accepted: [Parameter]

  /// The classes that values can name.
  package let classNames: [String]

  /// The features that values can name.
  package let featureNames: [String]

  private let values: [String: String]

  /// Takes the parameters of a specification; they must be among `accepted`, each once.
  package init(
    _ specification: Specification, of kind: SpecificationError.Kind, accepted: [Parameter],
    classNames: [String] = [], featureNames: [String] = []
  ) throws(SpecificationError) {
    subject = specification.name
    (self.kind, self.accepted) = (kind, accepted)
    (self.classNames, self.featureNames) = (classNames, featureNames)
    var values: [String: String] = [:]
    let names = accepted.map(\.name)
    for pair in specification.parameters {
      guard names.contains(pair.name) else {
        throw SpecificationError(kind, subject, .unknownParameter(pair.name, accepted: names))
      }
      guard values.updateValue(pair.value, forKey: pair.name) == nil else {
        throw SpecificationError(
          kind, subject,
          .invalidParameter(pair.name, value: pair.value, accepted: "given once"))
      }
    }
    self.values = values
  }

  /// The parameters that were given and differ from their defaults, as they were written.
  package var changed: [String: String] { accepted.changed(values) }

  /// The text of a parameter; nil when it was not given.
  package func text(_ name: String) -> String? { values[name] }

  /// The text of a parameter, that of its default when it was not given.
  private func textOrDefault(_ name: String) -> String {
    values[name] ?? accepted.first { $0.name == name }?.standard ?? ""
  }

  /// That a parameter cannot be what it is.
  package func invalid(_ name: String, accepted: String) -> SpecificationError {
    SpecificationError(
      kind, subject,
      .invalidParameter(name, value: values[name] ?? "", accepted: accepted))
  }

  /// That a parameter was not given.
  package func missing(_ name: String, accepted: String) -> SpecificationError {
    SpecificationError(kind, subject, .missingParameter(name, accepted: accepted))
  }

  /// A finite number that `isValid` allows, or the default.
  package func number(
    _ name: String, accepted: String = "a positive number",
    where isValid: (Double) -> Bool = { $0 > 0 }
  ) throws(SpecificationError) -> Double {
    guard let value = Double(textOrDefault(name)), value.isFinite, isValid(value) else {
      throw invalid(name, accepted: accepted)
    }
    return value
  }

  /// A share from 0 to 1, or the default.
  package func share(_ name: String) throws(SpecificationError) -> Double {
    try number(name, accepted: "a share from 0 to 1", where: (0...1).contains)
  }

  /// A whole number in a range, or the default.
  package func count(
    _ name: String, in range: ClosedRange<Int> = 1...1_000_000
  ) throws(SpecificationError) -> Int {
    guard let value = Int(textOrDefault(name)), range.contains(value) else {
      let end = range.upperBound == .max ? "up" : "to \(range.upperBound)"
      throw invalid(name, accepted: "a whole number from \(range.lowerBound) \(end)")
    }
    return value
  }

  /// One of a few words, or the default.
  package func word(_ name: String, of words: [String]) throws(SpecificationError) -> String {
    let word = textOrDefault(name)
    guard words.contains(word) else {
      throw invalid(name, accepted: words.joined(separator: " or "))
    }
    return word
  }

  /// One of a few cases, or the default.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String
  ) throws(SpecificationError) -> Choice {
    guard let value = Choice(rawValue: textOrDefault(name)) else {
      throw invalid(name, accepted: Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return value
  }

  /// A class by its name, or by its index where that can be no name; nil when it was not given.
  ///
  /// - Returns: The index, and the text that stands for it in the specification.
  package func classIndex(_ name: String) throws(SpecificationError) -> (index: Int, text: String)?
  {
    guard let text = values[name] else { return nil }
    return try Self.reference(text, among: classNames) { names in
      invalid(name, accepted: "one of \(names.joined(separator: ", "))")
    }
  }

  /// Features by name, or by index where that can be no name, in a list separated by `+`; nil when it was
  /// not given.
  ///
  /// - Returns: The indices, each once, and the texts that stand for them in the specification.
  package func columns(_ name: String) throws(SpecificationError) -> [(index: Int, text: String)]? {
    guard let list = values[name] else { return nil }
    var columns: [(index: Int, text: String)] = []
    // A name may itself have a plus.
    let texts =
      featureNames.contains(list) ? [list] : QuotedText.parts(of: list, at: "+")
    for text in texts {
      let column = try Self.reference(text, among: featureNames) { names in
        invalid(name, accepted: "features such as \(names.prefix(2).joined(separator: "+"))")
      }
      guard !columns.contains(where: { $0.index == column.index }) else {
        throw invalid(name, accepted: "features, each once")
      }
      columns.append(column)
    }
    return columns
  }

  /// What a name or index refers to, and the text for it that can be read again.
  ///
  /// Names may differ only in how an accent is written, so the one with the same scalars comes first; what
  /// is between quotation marks is a name. Where all names are numbers, another number is no
  /// index: `class=1` is a mistake where the classes are 2 and 4.
  private static func reference(
    _ text: String, among names: [String], otherwise: ([String]) -> SpecificationError
  ) throws(SpecificationError) -> (index: Int, text: String) {
    let quoted = QuotedText.content(text)
    // A name of such marks can only be meant by quoting it; any other may have the quotes itself.
    let divided = quoted.flatMap { isDivided($0) ? place(of: $0, in: names) : nil }
    let index =
      divided ?? place(of: text, in: names) ?? quoted.flatMap { place(of: $0, in: names) }
      ?? Int(text).flatMap { isIndex($0, of: names) ? $0 : nil }
    guard let index else { throw otherwise(names) }
    let name = names[index]
    guard isDivided(name) else { return (index, name) }
    // An index that is also a name would mean that item.
    return (index, names.contains("\(index)") ? QuotedText.quoted(name) : "\(index)")
  }

  private static func place(of name: String, in names: [String]) -> Int? {
    names.firstIndex { $0.unicodeScalars.elementsEqual(name.unicodeScalars) }
      ?? names.firstIndex(of: name)
  }

  /// Whether a number can stand for the name at its place: not all names are numbers, or the name is one that
  /// is written as its index.
  private static func isIndex(_ index: Int, of names: [String]) -> Bool {
    names.indices.contains(index)
      && (isDivided(names[index]) || !names.allSatisfy { Double($0) != nil })
  }

  /// Whether a name holds a comma, which would end the parameter, or a plus, which would end the item.
  private static func isDivided(_ name: String) -> Bool {
    name.unicodeScalars.contains { $0 == "," || $0 == "+" }
  }
}
