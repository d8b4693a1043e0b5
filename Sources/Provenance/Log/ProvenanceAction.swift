/// What was done to a file.
package enum ProvenanceAction: String, Sendable, Encodable, CaseIterable {
  /// It was taken in as it is.
  case add
  /// Its rows were divided, such as into training and validation rows.
  case split
  /// An attack changed it.
  case poison
  /// A defence changed it.
  case defend
  /// It was looked at.
  case inspect
  /// A model was fitted to it.
  case train
  /// A version of it was written again.
  case restore
}
