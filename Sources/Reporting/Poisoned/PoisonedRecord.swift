import Datasets
import Poisoning
import Store
import Sweeps

/// What became of a file for machines.
public struct PoisonedRecord: Encodable, Sendable {
  struct Output: Encodable {
    let file: String
    let digest: String
    let rows: Int
    let columns: [String]
  }

  struct ClassCount: Encodable {
    let name: String
    let before: Int
    let after: Int
  }

  let program = Program.name
  let version = Program.version
  let seed: Int
  let attack: ConditionRecord
  let input: DatasetRecord
  let output: Output
  let classCounts: [ClassCount]
  /// The rows of data, from 1, that were replaced, copied or deleted, in the order they were taken.
  let rows: [Int]

  /// The record of a file that was written to a path.
  ///
  /// Digests are those of data sets, of features and labels alone, with the classes of the input.
  public init(_ file: PoisonedFile, path: String, prefix: String) {
    let data = file.dataset
    seed = Int(file.seed)
    attack = ConditionRecord(
      StoredAttack(file.attack), file.level, poisonedRows: file.patch.rows.count)
    input = DatasetRecord(data)
    let after = try? Dataset(
      name: data.name, features: file.poisoned.features, labels: file.poisoned.labels,
      classNames: data.classNames, featureNames: data.featureNames, targetName: data.targetName)
    output = Output(
      file: path, digest: after?.digest ?? "", rows: file.poisoned.count,
      columns: PoisonedFile.columns.map { prefix + $0 })
    let (before, now) = (data.classCounts, file.poisoned.classCounts)
    classCounts = data.classNames.indices.map {
      ClassCount(name: data.classNames[$0], before: before[$0], after: now[$0])
    }
    rows = file.patch.rows.map { $0 + 1 }
  }
}
