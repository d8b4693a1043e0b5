import Datasets
import LinAlg

extension Patch {
  /// Brings the new features back to what a file can hold, row by row.
  ///
  /// - Precondition: The patch was made for a set of the encoding.
  mutating func project(onto encoding: TableEncoding, of base: TrainingSet) {
    guard let d = featureCount else { return }
    let before = base.features.elements
    for (index, row) in rows.enumerated() {
      encoding.project(
        &featureElements, from: index * d, before: before[row * d..<(row + 1) * d])
    }
  }
}

extension Attack {
  /// Writes for each exposure the patch that poisons `count` rows, as a file could hold them.
  ///
  /// Whoever asks an attack for rows does it here: what it makes of columns that are no numbers is brought
  /// back to their texts. It does so row by row, so the patch of k rows stays the beginning of any longer one.
  /// - Precondition: As of `poison`.
  public func makePatches(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    poison(exposures, count: count, into: &patches)
    for (index, exposure) in exposures.enumerated() {
      guard let encoding = exposure.training.encoding, encoding.isConstrained else { continue }
      patches[index].project(onto: encoding, of: exposure.training)
    }
  }
}

extension Aim.Trigger {
  /// The trigger as a file can hold it: a text of a column instead of some of its numbers.
  func held(by encoding: TableEncoding?) -> Aim.Trigger {
    guard let encoding, encoding.isConstrained else { return self }
    let (columns, values) = encoding.held(columns: columns, values: values)
    return Aim.Trigger(columns: columns, values: values)
  }
}
