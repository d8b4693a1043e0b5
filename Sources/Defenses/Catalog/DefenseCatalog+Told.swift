package import Documents

extension DefenseCatalog {
  /// What a chain of defences is told of the poison: the parameters, defaults among them, that say what share of
  /// the rows is bad, and the trusted rows it sees.
  ///
  /// Nobody who looks for poison knows these; a defence that is told the true share is judged too well.
  package static func told(_ chain: String) -> (shares: [Specification.Pair], seesTrusted: Bool) {
    let asked = Specification.links(of: chain).map { Specification($0) }.compactMap { link in
      entries.first { $0.name == link.name }.map { (entry: $0, link: link) }
    }
    return (
      asked.flatMap { entry, link in
        entry.parameters.filter { shareParameters.contains($0.name) }.compactMap { parameter in
          let value = link[parameter.name] ?? parameter.standard
          return Double(value).map { _ in Specification.Pair(name: parameter.name, value: value) }
        }
      },
      asked.contains { entry, link in
        entry.needsTrusted || link.parameters.contains { $0.value == "trusted" }
      }
    )
  }

  /// The names of the parameters, in all entries, that state a share of bad rows.
  private static let shareParameters: Set = ["rate", "nu", "noise"]
}
