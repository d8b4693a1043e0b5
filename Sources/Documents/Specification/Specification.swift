/// What somebody asks for by its name and parameters: `NAME` or `NAME:key=value,key=value`.
///
/// The text is divided at Unicode scalars, so that a mark with an accent on it is still a mark. A value
/// ends at a comma and may hold anything else, colons and equals signs too; between quotation marks it may
/// hold commas as well: `relabel:class="p, q"`.
package struct Specification: Sendable, Equatable, CustomStringConvertible {
  /// A parameter with its value, empty where no equals sign follows the name.
  package struct Pair: Sendable, Equatable {
    /// The name of the parameter.
    package let name: String

    /// The value as it was written.
    package let value: String

    /// Puts a pair together.
    package init(name: String, value: String) {
      (self.name, self.value) = (name, value)
    }
  }

  /// The name of what is asked for.
  package let name: String

  /// The parameters in the order they were written.
  package var parameters: [Pair]

  /// Puts a specification together.
  package init(_ name: String, _ parameters: [Pair]) {
    (self.name, self.parameters) = (name, parameters)
  }

  /// Puts a specification together, the parameters in the order of their names.
  package init(_ name: String, _ parameters: [String: String]) {
    self.init(
      name, parameters.sorted { $0.key < $1.key }.map { Pair(name: $0.key, value: $0.value) })
  }

  /// Takes a text apart; any text is a specification of something.
  package init(_ text: String) {
    let (name, parameters) = text.divided(at: ":")
    self.init(name, Self.pairs(parameters ?? ""))
  }

  /// Takes parameters apart that are written as a list: `C=1, tol=1e-08`.
  package init(_ name: String, list: String) {
    self.init(name, Self.pairs(list.withoutSpaces))
  }

  private static func pairs(_ text: String) -> [Pair] {
    QuotedText.parts(of: text, at: ",").filter { !$0.unicodeScalars.isEmpty }.map { part in
      let (name, value) = part.divided(at: "=")
      return Pair(name: name, value: value ?? "")
    }
  }

  /// The text it can be asked for by.
  package var description: String {
    parameters.isEmpty
      ? name : "\(name):\(parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ","))"
  }

  /// The parameters as a list: `C=1, tol=1e-08`.
  package var list: String {
    parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
  }

  /// The value of a parameter; nil where it is not given.
  package subscript(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  /// The same with other words for a parameter, or without it, where `value` is nil.
  package func with(_ name: String, _ value: String?) -> Specification {
    let others = parameters.filter { $0.name != name }
    return Specification(self.name, others + (value.map { [Pair(name: name, value: $0)] } ?? []))
  }
}

extension Specification {
  /// The specifications in a list separated by commas, where `key=value` continues one:
  /// `softmax,rbf-svm:C=10,gamma=0.5,knn` has three.
  package static func texts(in list: String) -> [String] {
    var texts: [String] = []
    for part in QuotedText.parts(of: list, at: ",") {
      let isContinued = part.unicodeScalars.prefix { $0 != ":" }.contains("=") && !texts.isEmpty
      let text = part.trimming
      if isContinued { texts[texts.count - 1] += "," + text } else { texts.append(text) }
    }
    return texts
  }

  /// The specifications in a chain: `lof:n_neighbors=10+trim` has two.
  ///
  /// A plus that no letter follows is part of a value.
  package static func links(of chain: String) -> [String] {
    var texts: [String] = []
    for part in chain.unicodeScalars.split(separator: "+", omittingEmptySubsequences: false) {
      let continues = !texts.isEmpty && part.first?.properties.isAlphabetic != true
      if continues {
        texts[texts.count - 1] += "+" + String(part)
      } else {
        texts.append(String(part))
      }
    }
    return texts
  }

  /// The chain of specifications.
  package static func chain(_ links: [String]) -> String { links.joined(separator: "+") }
}

extension String {
  /// The text before the first `mark` and the text after it, nil where there is none.
  fileprivate func divided(at mark: Unicode.Scalar) -> (String, String?) {
    guard let place = unicodeScalars.firstIndex(of: mark) else { return (self, nil) }
    return (
      String(unicodeScalars[..<place]),
      String(unicodeScalars[unicodeScalars.index(after: place)...])
    )
  }

  fileprivate var withoutSpaces: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0 != " " }))
  }
}

extension StringProtocol {
  /// The text without the spaces around it.
  package var trimming: String {
    let start = unicodeScalars.drop { $0 == " " }
    guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
    return String(String.UnicodeScalarView(start[...last]))
  }
}
