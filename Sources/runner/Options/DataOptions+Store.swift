import Datasets
import Publishing
import Store

extension DataOptions {
  /// The data of a store, where they are built in or given, and where they come from.
  func dataset(of plan: StoredPlan) throws(Failure) -> (rows: Dataset, origin: DataOrigin)? {
    if CommandLine.count(of: "--data") > 0 { return (try load(), origin) }
    let known =
      EmbeddedDataset(rawValue: plan.datasetName)?.load()
      ?? GeneratorChoice(rawValue: plan.datasetName)?.specimen
    guard let known, known.digest == plan.datasetDigest else { return nil }
    return (known, .embedded(name: plan.datasetName))
  }
}
