/// How long MLflow lets texts be, in Unicode scalars.
enum Limits {
  // Of parameters, tags and metrics; the name of a run.
  static let key = 250

  // Values.
  static let parameter = 6_000
  static let tag = 8_000

  // For servers of all versions.
  static let experimentTag = 5_000
  static let experimentName = 256

  static let datasetName = 500
  static let datasetDigest = 36
  static let datasetContext = 500
  static let registeredName = 256
  static let alias = 255
}

extension String {
  /// The text cut off at a length in Unicode scalars, which is how Python counts.
  package func cut(at length: Int) -> String {
    // UTF-8 has at least as many bytes as there are scalars.
    guard utf8.count > length, unicodeScalars.count > length else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(length)))
  }
}
