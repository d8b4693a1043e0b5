/// What a defence is to a kind of model.
public enum Applicability: String, Sendable, Encodable {
  /// It is part of how the model is trained.
  case native
  /// It stands before the model, as before any other.
  case filter
  /// It means nothing there.
  case none
}
