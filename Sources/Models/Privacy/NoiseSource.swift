public import LinAlg

/// Where the randomness of a private mechanism comes from.
public enum NoiseSource: Sendable, Equatable {
  /// Streams of a key and a seed: a run can be repeated, and who knows both can take the noise off again.
  case addressed(RandomKey, seed: UInt32)

  /// The system's generator: the noise is kept nowhere, and nobody can draw it again.
  case system

  func stream(_ purpose: RandomPurpose, row: Int) -> RandomStream {
    switch self {
    case .addressed(let key, let seed):
      RandomStream(key: key, purpose: purpose, seed: seed, row: row)
    case .system: .ofSystem
    }
  }
}
