import Datasets

/// An attack whose rows reach the training set in another way than they do by themselves.
struct FlowedAttack: Attack {
  let base: any Attack
  let flow: Flow

  var name: String { base.name }

  var parameters: [String: String] {
    base.parameters.merging(["flow": flow.rawValue]) { $1 }
  }

  var threat: ThreatModel { base.threat }

  var maker: any Attack { base }

  func capacity(classCounts: [Int]) -> Int { base.capacity(classCounts: classCounts) }

  func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    base.poison(exposures, count: count, into: &patches)
  }

  func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? {
    base.aim(exposure, validation: validation)
  }
}
