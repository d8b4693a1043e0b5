/// What MLflow takes for the key of a parameter, tag or metric, and for other names.
///
/// A key is a clean relative path, because file stores make files of keys: letters of any script,
/// digits, `_`, `-`, `.`, `:`, space, and `/` between parts. What is refused is `TrackingError.invalidName`.
package enum KeyName {
  private static let acceptedKeys =
    "1 to \(Limits.key) letters, digits, spaces and _ - . : /, without a part of a path that is "
    + "empty, . or .."

  /// Whether MLflow takes a key as it is.
  package static func isAccepted(_ key: String) -> Bool {
    key.unicodeScalars.count <= Limits.key && key.unicodeScalars.allSatisfy(isAccepted)
      && key.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isPart)
  }

  /// Refuses a key of something, such as `a metric`.
  private static func require(_ key: String, of noun: String) throws(TrackingError) {
    guard isAccepted(key) else {
      throw .invalidName(noun: noun, name: key, accepted: acceptedKeys)
    }
  }

  static func require(_ data: RunData) throws(TrackingError) {
    for key in data.parameters.keys.sorted() { try require(key, of: "a parameter") }
    for key in data.tags.keys.sorted() { try require(key, of: "a tag") }
    var last: String?
    for metric in data.metrics where metric.key != last {
      try require(metric.key, of: "a metric")
      last = metric.key
    }
  }

  static func require(_ tags: [String: String]) throws(TrackingError) {
    try require(RunData(tags: tags))
  }

  static func requireExperiment(_ name: String) throws(TrackingError) {
    try require(name, of: "an experiment", length: Limits.experimentName)
  }

  static func require(_ model: NewLoggedModel) throws(TrackingError) {
    try require(
      model.name, of: "a logged model", length: Limits.datasetName, without: "/:.%\"'")
    try require(RunData(parameters: model.parameters, tags: model.tags))
  }

  static func require(_ dataset: DatasetInput) throws(TrackingError) {
    try require(dataset.name, of: "a data set", length: Limits.datasetName)
    try require(dataset.digest, of: "the content of a data set", length: Limits.datasetDigest)
    try require(dataset.sourceType, of: "a kind of source", length: Limits.datasetDigest)
    try require(dataset.context, of: "a use of a data set", length: Limits.datasetContext)
  }

  static func requireRegistered(_ name: String, alias: String?) throws(TrackingError) {
    try require(name, of: "a registered model", length: Limits.registeredName, without: "/:")
    if name == "." || name == ".." {
      throw .invalidName(noun: "a registered model", name: name, accepted: "any other name")
    }
    guard let alias else { return }
    let isVersion =
      alias.lowercased().first == "v" && alias.count > 1
      && alias.dropFirst().allSatisfy(\.isNumber)
    guard !alias.isEmpty, alias.unicodeScalars.count <= Limits.alias,
      alias.unicodeScalars.allSatisfy({ isLetterOrDigit($0) || $0 == "_" || $0 == "-" }),
      alias.lowercased() != "latest", !isVersion
    else {
      throw .invalidName(
        noun: "a version of a model", name: alias,
        accepted: "letters, digits, _ and -, but neither latest nor v and a number")
    }
  }

  private static func require(
    _ name: String, of noun: String, length: Int, without refused: String = ""
  ) throws(TrackingError) {
    let isBlank = name.allSatisfy(\.isWhitespace)
    let isClean = name.unicodeScalars.allSatisfy {
      $0 != "\0" && !refused.unicodeScalars.contains($0)
    }
    guard !isBlank, isClean, name.unicodeScalars.count <= length else {
      let exception =
        refused.isEmpty ? "" : " other than " + refused.map(String.init).joined(separator: " ")
      throw .invalidName(
        noun: noun, name: name, accepted: "1 to \(length) characters\(exception)")
    }
  }

  fileprivate static func isAccepted(_ scalar: Unicode.Scalar) -> Bool {
    isLetterOrDigit(scalar) || "_-.: /".unicodeScalars.contains(scalar)
  }

  fileprivate static func isPart(_ part: Substring) -> Bool {
    !part.isEmpty && part != "." && part != ".."
  }

  // Python's `\w` takes no combining marks.
  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}

extension String {
  /// A key that MLflow takes, as near to the text as one is: `p=0.1` becomes `p_0.1`.
  ///
  /// Texts that differ may give one key.
  package var sanitizedKey: String {
    let scalars = unicodeScalars.map { KeyName.isAccepted($0) ? $0 : "_" }
    let parts = String(String.UnicodeScalarView(scalars)).split(separator: "/")
      .filter(KeyName.isPart)
    var key = parts.joined(separator: "/").cut(at: Limits.key)
    // The cut may have left a part that is none.
    while let last = key.split(separator: "/", omittingEmptySubsequences: false).last,
      !key.isEmpty, !KeyName.isPart(last)
    {
      key = String(key.dropLast())
    }
    return key.isEmpty ? "_" : key
  }
}
