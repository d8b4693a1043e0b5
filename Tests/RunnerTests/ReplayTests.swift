import TestSupport
import Testing

struct ReplayTests {
  /// The cells of a store stand in the order in which they were asked for, not in that of the grid that they
  /// are now, which need not all be there.
  @Test func agreesWithAnExtendedStore() throws {
    try withTemporaryFolder { folder in
      let sweep = { (levels: String, models: String, seeds: String) in
        let run = try RunnerProcess(
          ["sweep", "--levels", levels, "--models", models, "--seeds", seeds], in: folder)
        #expect(run.status == 0, "\(run.errors)")
      }
      try sweep("0,0.1", "softmax,knn", "40")
      try sweep("0,0.1", "softmax,knn,rbf-svm", "30")
      try sweep("0,0.1,0.2", "softmax,knn", "20")
      let replay = { (poison: String, model: String, seed: String) in
        try RunnerProcess(
          ["replay", "sweep.sqlite", "--poison", poison, "--model", model, "--seed", seed],
          in: folder)
      }
      for poison in ["0", "0.1", "0.2"] {
        for model in poison == "0.2" ? ["softmax", "knn"] : ["softmax", "knn", "rbf-svm"] {
          let run = try replay(poison, model, "17")
          #expect(run.status == 0, "\(run.errors)")
          #expect(
            run.errors.contains("as counted by the sweep"), "\(poison) \(model): \(run.errors)")
        }
      }
      for (model, seed) in [("knn", "40"), ("rbf-svm", "17")] {
        let unknown = try replay("0.2", model, seed)
        #expect(unknown.status == 0)
        #expect(unknown.errors.contains("does not have seed \(seed) of this cell"))
      }
    }
  }
}
