public import Datasets
import Documents
public import LinAlg

/// A way to poison a training set, with its parameters chosen.
///
/// An attack is a pure function of what it is exposed to and of the budget. It takes rows in one
/// order and gives each the same new value whatever the budget, so the patch of k rows is the first
/// k rows of the patch of any more: the rows poisoned at 5 % are among those at 50 %, as they were.
///
/// Attacks get several seeds at once, because those that train models on the way do so in SIMD
/// lanes. What a seed gets does not depend on the others.
public protocol Attack: Sendable {
  /// The name users call the attack by.
  var name: String { get }

  /// Parameters that differ from the defaults, such as `kappa=100`; empty for none.
  var parameters: [String: String] { get }

  /// What the attacker wants, knows and may change.
  var threat: ThreatModel { get }

  /// How the rows reach the training set.
  var flow: Flow { get }

  /// The attack that makes the rows, whatever their flow: two with the same make the same.
  var maker: any Attack { get }

  /// How many rows of a training set with these class counts the attack can poison.
  func capacity(classCounts: [Int]) -> Int

  /// Writes for each exposure the patch that poisons `count` rows.
  ///
  /// - Precondition: `count` is at most the capacity of each set, there are as many patches as
  ///   exposures, and validation rows are there if and only if the threat model grants them.
  func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch])

  /// What a targeted attack wants of the validation rows; nil for attacks on all rows.
  ///
  /// It says how success is judged. It is not part of what the attacker does.
  func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim?
}

extension Attack {
  /// None.
  public var parameters: [String: String] { [:] }

  /// Every row.
  public func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  /// Rows are overwritten.
  public var flow: Flow { .replace }

  /// The attack itself.
  public var maker: any Attack { self }

  /// Nothing.
  public func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? { nil }

  /// The name with its parameters, in the form the attack can be asked for by.
  public var specification: String { Specification(name, parameters).description }

  /// Checks that `level` can be carried out on a training set with these class counts.
  ///
  /// - Throws: `PoisoningError.noCleanRow` or `.budgetTooLarge`.
  public func validate(_ level: PoisonLevel, classCounts: [Int]) throws(PoisoningError) {
    let count = try flow.rowCount(level, of: classCounts.reduce(0, +))
    let available = capacity(classCounts: classCounts)
    guard count <= available else {
      throw .budgetTooLarge(
        attack: specification, level: level, rowCount: count, available: available)
    }
  }

  /// The patch that poisons `count` rows of one training set.
  ///
  /// Validation rows are passed on only where the threat model grants them.
  /// - Precondition: `count` is at most the capacity of the set.
  public func patch(
    _ base: TrainingSet, count: Int, key: RandomKey, seed: UInt32,
    validation: LabeledRows? = nil
  ) -> Patch {
    precondition(count >= 0 && count <= base.count, "Cannot poison \(count) of \(base.count) rows")
    precondition(
      validation != nil || !threat.seesValidation, "\(name) needs to see validation rows")
    let exposure = Exposure(
      base, key: key, seed: seed, validation: threat.seesValidation ? validation : nil)
    var patches = [Patch()]
    makePatches([exposure], count: count, into: &patches)
    return patches[0]
  }
}
