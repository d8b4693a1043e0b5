import Datasets
import Publishing
import Store
import Sweeps

extension DataOptions {
  /// Whether data are given.
  static var areGiven: Bool {
    CommandLine.arguments.contains { $0 == "--data" || $0.hasPrefix("--data=") }
  }

  /// The data of a store, where they are built in or given, and where they come from.
  func dataset(of plan: StoredPlan) throws(Failure) -> (rows: Dataset, origin: DataOrigin)? {
    if Self.areGiven { return (try load(), origin) }
    let known =
      EmbeddedDataset(rawValue: plan.datasetName)?.load()
      ?? GeneratorChoice(rawValue: plan.datasetName)?.specimen
    guard let known, known.digest == plan.datasetDigest else { return nil }
    return (known, .embedded(name: plan.datasetName))
  }
}
