import Datasets
import LinAlg
import Models
import Poisoning

/// Gives the rows it takes the label 0, to have the first two validation rows of class 1 called so.
struct AimedFlip: SeedwiseAttack {
  let name = "aimed"
  let parameters: [String: String] = [:]
  let threat = ThreatModel(
    goal: .targeted, seesValidation: true, changes: .both, constraint: .none)

  func capacity(classCounts: [Int]) -> Int { classCounts.reduce(0, +) }

  func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(featureCount: base.features.columns, changesLabels: true)
    for row in exposure.order.prefix(count) {
      patch.append(row: row)
      for column in 0..<base.features.columns {
        // The first feature is that of the first validation row, the others stay.
        let seen = exposure.validation?.features[0, column] ?? .nan
        patch.append(feature: column == 0 ? seen : base.features[row, column])
      }
      patch.append(label: 0)
    }
  }

  func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? {
    Aim(
      rows: Array(validation.labels.indices.filter { validation.labels[$0] == 1 }.prefix(2)),
      wanted: 0)
  }
}
