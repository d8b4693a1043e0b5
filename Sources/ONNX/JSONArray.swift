/// Texts as a JSON array; what is not ASCII stays as it is.
func jsonArray(_ texts: [String]) -> String {
  "[" + texts.map { "\"\(escaped($0))\"" }.joined(separator: ", ") + "]"
}

private func escaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\":
      result.append("\\")
      result.append(scalar)
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      result.append(
        contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}
