/// Which rows a scaler is fitted to when training rows are poisoned.
public enum ScalerPolicy: String, CaseIterable, Sendable, Codable {
  /// The training rows as the model sees them, so that poison also moves centre and scale.
  case poisoned

  /// The same rows before they were poisoned, as if centre and scale came from a clean source.
  case trusted

  /// The rows that somebody vouches for, which are kept from attacks and models.
  case vouched
}
