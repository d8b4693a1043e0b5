import Documents

/// The case of an enumeration that an option names, or a failure that suggests the nearest.
func named<Choice: CaseIterable & RawRepresentable<String>>(
  _ text: String, option: String
) throws(Failure) -> Choice {
  if let choice = Choice(rawValue: text) { return choice }
  throw unknown(text, option: option, among: Choice.allCases.map(\.rawValue))
}

/// The name that an option gives, or a failure that suggests the nearest.
func named(_ text: String, option: String, among names: [String]) throws(Failure) -> String {
  guard names.contains(text) else { throw unknown(text, option: option, among: names) }
  return text
}

extension CommandLine {
  static func count(of option: String) -> Int {
    arguments.count { $0 == option || $0.hasPrefix(option + "=") }
  }
}

private func unknown(_ text: String, option: String, among names: [String]) -> Failure {
  .usage("\(option) cannot be \"\(text)\"" + Suggestion.ending(for: text, among: names))
}
