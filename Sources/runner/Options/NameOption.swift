import Datasets

/// The case of an enumeration that an option names, or a failure that suggests the nearest.
func named<Choice: CaseIterable & RawRepresentable>(
  _ text: String, option: String, as type: Choice.Type = Choice.self
) throws(Failure) -> Choice where Choice.RawValue == String {
  if let choice = Choice(rawValue: text) { return choice }
  let names = Choice.allCases.map(\.rawValue)
  let nearest = Suggestion.nearest(to: text, among: names)
  throw .usage(
    "\(option) cannot be \"\(text)\"" + (nearest.map { "; did you mean \($0)?" } ?? ";")
      + " accepted: \(names.joined(separator: ", "))")
}

/// The number that an option's text stands for.
func number(_ text: String, option: String) throws(Failure) -> Double {
  guard let value = Double(text.trimming) else {
    throw .usage("\(option) holds \"\(text)\", which is not a number such as 0.05")
  }
  return value
}

extension StringProtocol {
  /// The text without the spaces around it.
  var trimming: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
