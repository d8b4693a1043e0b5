/// Texts that usually stand for no value.
package enum MissingText {
  /// The texts, besides nothing itself.
  package static let usual = ["?", "NA", "N/A", "NaN", "nan", "NULL", "null", "None"]
}
