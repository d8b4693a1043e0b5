/// The probability of a statistic under permutations, drawn only as long as they may matter.
///
/// After `hits` permutations with a statistic at least as large, the ℓ-th being the last of them, the
/// probability is hits/ℓ; if `limit` were drawn before, (1 + those) / (1 + limit).
///
/// Source: Besag, Clifford, "Sequential Monte Carlo p-values", Biometrika 78 (1991).
struct SequentialPermutations {
  private static let hits = 50
  private let limit: Int
  private(set) var drawn = 0
  private var atLeast = 0

  /// - Precondition: `limit > 0`.
  init(limit: Int) {
    precondition(limit > 0, "No probability from \(limit) permutations")
    self.limit = limit
  }

  /// Whether no more permutations are needed.
  var isFinished: Bool { drawn == limit || atLeast == Self.hits }

  mutating func count(isAtLeast: Bool) {
    guard !isFinished else { return }
    drawn += 1
    if isAtLeast { atLeast += 1 }
  }

  var pValue: Double {
    atLeast == Self.hits
      ? Double(atLeast) / Double(drawn) : Double(1 + atLeast) / Double(1 + limit)
  }
}
