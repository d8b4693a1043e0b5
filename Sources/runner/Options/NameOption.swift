import Datasets

/// The case of an enumeration that an option names, or a failure that suggests the nearest.
func named<Choice: CaseIterable & RawRepresentable>(
  _ text: String, option: String, as type: Choice.Type = Choice.self
) throws(Failure) -> Choice where Choice.RawValue == String {
  if let choice = Choice(rawValue: text) { return choice }
  let names = Choice.allCases.map(\.rawValue)
  throw .usage(
    "\(option) cannot be \"\(text)\"" + suggestion(text, among: names)
      + " accepted: \(names.joined(separator: ", "))")
}

/// The middle of a message about a wrong name: `; did you mean NEAREST?`, or `;` if none is near.
func suggestion(_ text: String, among names: [String]) -> String {
  Suggestion.nearest(to: text, among: names).map { "; did you mean \($0)?" } ?? ";"
}

extension StringProtocol {
  /// The text without the spaces around it.
  var trimming: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
