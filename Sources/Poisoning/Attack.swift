public import LinAlg

/// A way to poison a training set, with its parameters chosen.
///
/// An attack is a pure function of the training set, the budget, the key and the seed. Whatever its
/// budget, it takes rows in one order and gives each the same new value, so the rows poisoned at
/// 5 % are among those at 50 %, as they were. It never sees validation rows.
public protocol Attack: Sendable {
  /// The name users call the attack by.
  var name: String { get }

  /// Parameters that differ from the defaults, such as `kappa=100`; empty for none.
  var parameters: [String: String] { get }

  /// How many rows of a training set with these class counts the attack can poison.
  func capacity(classCounts: [Int]) -> Int

  /// Writes the patch that poisons `count` rows, preferring them in the order `order`.
  ///
  /// `order` is the `poisonOrder` of the set, key and seed.
  /// - Precondition: `count` is at most the capacity of the set.
  func poison(
    _ base: TrainingSet, order: [Int], count: Int, key: RandomKey, seed: UInt32,
    into patch: inout Patch)
}

extension RandomPurpose {
  static let poisonOrder = RandomPurpose(16)
  static let uniformNoise = RandomPurpose(17)
  static let labelFlip = RandomPurpose(18)
  static let outOfRange = RandomPurpose(19)
}

extension Attack {
  /// The name with its parameters, in the form the attack can be asked for by.
  public var specification: String {
    let pairs = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return pairs.isEmpty ? name : "\(name):\(pairs.joined(separator: ","))"
  }

  /// Checks that `level` can be carried out on a training set with these class counts.
  ///
  /// - Throws: `PoisoningError.noCleanRow` or `.budgetTooLarge`.
  public func validate(_ level: PoisonLevel, classCounts: [Int]) throws(PoisoningError) {
    let count = try level.rowCount(of: classCounts.reduce(0, +))
    let available = capacity(classCounts: classCounts)
    guard count <= available else {
      throw .budgetTooLarge(
        attack: specification, level: level, rowCount: count, available: available)
    }
  }
}

extension Attack {
  /// The patch that poisons `count` rows.
  ///
  /// - Precondition: `count` is at most the capacity of the set.
  public func patch(_ base: TrainingSet, count: Int, key: RandomKey, seed: UInt32) -> Patch {
    precondition(count >= 0 && count <= base.count, "Cannot poison \(count) of \(base.count) rows")
    var order: [Int] = []
    poisonOrder(of: base.count, key: key, seed: seed, into: &order)
    var patch = Patch()
    poison(base, order: order, count: count, key: key, seed: seed, into: &patch)
    return patch
  }
}

/// Writes the order in which a seed's rows are poisoned: one random permutation of all positions.
///
/// It depends on the seed and the number of rows alone, so all attacks prefer the same rows.
package func poisonOrder(
  of count: Int, key: RandomKey, seed: UInt32, into order: inout [Int]
) {
  var stream = RandomStream(key: key, purpose: .poisonOrder, seed: seed)
  order.removeAll(keepingCapacity: true)
  order.append(contentsOf: 0..<count)
  stream.shuffle(&order, prefix: count)
}
