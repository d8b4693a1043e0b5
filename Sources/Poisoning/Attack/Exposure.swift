public import Datasets
public import LinAlg

/// What an attack gets to see under one seed.
public struct Exposure: Sendable {
  /// The clean training rows.
  public package(set) var training: TrainingSet

  /// The order in which attacks that choose no rows take them: a random permutation of positions.
  public package(set) var order: [Int]

  /// The key of all random draws.
  public let key: RandomKey

  /// The seed.
  public package(set) var seed: UInt32

  /// The validation rows, for attacks whose threat model grants them; nil for all others.
  public package(set) var validation: LabeledRows?

  /// The exposure of the first rows of a set that grows, in the order in which all its rows are
  /// poisoned: rows poisoned of few are among those poisoned of more, as far as levels allow.
  package init(
    _ training: TrainingSet, orderOfAll: [Int], key: RandomKey, seed: UInt32,
    validation: LabeledRows? = nil
  ) {
    (self.training, self.key, self.seed, self.validation) = (training, key, seed, validation)
    order = orderOfAll.filter { $0 < training.count }
  }

  /// The exposure of a training set; validation rows only where they are granted.
  public init(
    _ training: TrainingSet, key: RandomKey, seed: UInt32, validation: LabeledRows? = nil
  ) {
    (self.training, self.key, self.seed, self.validation) = (training, key, seed, validation)
    order = []
    poisonOrder(of: training.count, key: key, seed: seed, into: &order)
  }

  /// The random numbers of an attack for the row at a position, addressed by where it came from.
  func stream(_ purpose: RandomPurpose, position: Int) -> RandomStream {
    RandomStream(key: key, purpose: purpose, seed: seed, row: training.rowIDs[position])
  }

  /// The random numbers of an attack that belong to no row.
  func stream(_ purpose: RandomPurpose) -> RandomStream {
    RandomStream(key: key, purpose: purpose, seed: seed)
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
