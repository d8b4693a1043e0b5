/// The parameters of a specification, checked against those there are and read by name and kind.
package struct SpecificationParameters<Failure: SpecificationFailure>: Sendable {
  /// The name of what they are for.
  package let subject: String

  /// The classes that values can name.
  package let classNames: [String]

  /// The features that values can name.
  package let featureNames: [String]

  private let values: [String: String]

  /// Takes the parameters of a specification; they must be among `accepted`, each once.
  package init(
    _ specification: Specification, accepted: [String], classNames: [String] = [],
    featureNames: [String] = []
  ) throws(Failure) {
    subject = specification.name
    self.classNames = classNames
    self.featureNames = featureNames
    var values: [String: String] = [:]
    for pair in specification.parameters {
      guard accepted.contains(pair.name) else {
        throw Failure.unknownParameter(of: subject, name: pair.name, accepted: accepted)
      }
      guard values.updateValue(pair.value, forKey: pair.name) == nil else {
        throw Failure.invalidParameter(
          of: subject, name: pair.name, value: pair.value, accepted: "given once")
      }
    }
    self.values = values
  }

  /// The text of a parameter; nil when it was not given.
  package func text(_ name: String) -> String? { values[name] }

  /// That a parameter cannot be what it is.
  package func invalid(_ name: String, accepted: String) -> Failure {
    Failure.invalidParameter(of: subject, name: name, value: values[name] ?? "", accepted: accepted)
  }

  /// A finite number that `isValid` allows; `standard` when it was not given.
  package func number(
    _ name: String, default standard: Double, accepted: String = "a positive number",
    where isValid: (Double) -> Bool = { $0 > 0 }
  ) throws(Failure) -> Double {
    guard let text = values[name] else { return standard }
    guard let value = Double(text), value.isFinite, isValid(value) else {
      throw invalid(name, accepted: accepted)
    }
    return value
  }

  /// A whole number in a range; `standard` when it was not given.
  package func count(
    _ name: String, default standard: Int, in range: ClosedRange<Int> = 1...1_000_000
  ) throws(Failure) -> Int {
    guard let text = values[name] else { return standard }
    guard let value = Int(text), range.contains(value) else {
      let end = range.upperBound == .max ? "up" : "to \(range.upperBound)"
      let start = "a whole number from \(range.lowerBound)"
      throw invalid(name, accepted: "\(start) \(end)")
    }
    return value
  }

  /// One of a few words; `standard` when it was not given.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default standard: Choice
  ) throws(Failure) -> Choice {
    guard let text = values[name] else { return standard }
    guard let value = Choice(rawValue: text) else {
      throw invalid(
        name, accepted: Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return value
  }

  /// A class by its name or index; nil when it was not given.
  ///
  /// - Returns: The index, and the text that stands for it in the specification.
  package func classIndex(_ name: String) throws(Failure) -> (index: Int, text: String)? {
    guard let text = values[name] else { return nil }
    return try Self.reference(text, among: classNames) { names in
      invalid(name, accepted: "one of \(names.joined(separator: ", "))")
    }
  }

  /// A feature by its name or index, in a list separated by `+`; nil when it was not given.
  ///
  /// - Returns: The indices, each once, and the texts that stand for them in the specification.
  package func columns(_ name: String) throws(Failure) -> [(index: Int, text: String)]? {
    guard let list = values[name] else { return nil }
    var columns: [(index: Int, text: String)] = []
    // A name may itself have a plus.
    let texts =
      featureNames.contains(list)
      ? [list]
      : list.unicodeScalars.split(separator: "+", omittingEmptySubsequences: false)
        .map { String($0) }
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
  /// Names may differ only in how an accent is written, so the one with the same scalars comes first.
  private static func reference(
    _ text: String, among names: [String], otherwise: ([String]) -> Failure
  ) throws(Failure) -> (index: Int, text: String) {
    let index =
      names.firstIndex { $0.unicodeScalars.elementsEqual(text.unicodeScalars) }
      ?? names.firstIndex(of: text) ?? Int(text) ?? -1
    guard names.indices.contains(index) else { throw otherwise(names) }
    let name = names[index]
    // A comma would end the parameter, a plus the item. An index that is also a name would mean
    // that item.
    let needsIndex =
      name.unicodeScalars.contains { $0 == "," || $0 == "+" } && !names.contains("\(index)")
    return (index, needsIndex ? "\(index)" : name)
  }
}
