/// How long MLflow lets texts be, in Unicode scalars.
package enum Limits {
  /// The key of a parameter, tag or metric; the name of a run.
  package static let key = 250

  /// The value of a parameter.
  package static let parameter = 6_000

  /// The value of a tag of a run or model.
  package static let tag = 8_000

  /// The value of a tag of an experiment, for servers of all versions.
  package static let experimentTag = 5_000

  /// The name of an experiment, for servers of all versions.
  package static let experimentName = 256

  /// The name of a data set.
  package static let datasetName = 500

  /// The digest of a data set.
  package static let datasetDigest = 36

  /// The context of a data set.
  package static let datasetContext = 500

  /// The name of a registered model.
  package static let registeredName = 256

  /// The alias of a version of a registered model.
  package static let alias = 255
}

extension String {
  /// The text cut off at a length in Unicode scalars, which is how Python counts.
  package func cut(at length: Int) -> String {
    // UTF-8 has at least as many bytes as there are scalars.
    guard utf8.count > length, unicodeScalars.count > length else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(length)))
  }
}
