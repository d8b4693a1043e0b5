import Datasets
import LinAlg
import Models
import TestSupport
import Testing

/// One-class machines in lanes and row by row.
struct OneClassMachineTests {
  @Test(arguments: EmbeddedDataset.allCases.filter { $0 != .digits }, [0.01, 0.1, 0.5, 1])
  func lanesTakeTheSameSteps(set: EmbeddedDataset, nu: Double) {
    let dataset = set.load()
    let all = Scaler(.standard, fittedTo: dataset.features).transform(dataset.features)
    for rows in [1, 2, 3, 5, 50, 149] {
      let features = all.selectingRows(Array(0..<rows))
      for kernel in [Kernel.rbf(gamma: .scale), .rbf(gamma: .value(3)), .linear] {
        let lanes = OneClassMachine(features, nu: nu, kernel: kernel, tolerance: 1e-6)
        let plain = OneClassMachine(
          features, nu: nu, kernel: kernel, tolerance: 1e-6, smallCount: 0)
        #expect(lanes.report.iterations == plain.report.iterations)
        #expect(lanes.decisionValues == plain.decisionValues)
        #expect(lanes.weights == plain.weights)
        #expect(lanes.offset == plain.offset)
      }
    }
  }
}
