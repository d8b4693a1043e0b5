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

  struct Trigger: Encodable {
    struct Value: Encodable {
      let feature: String
      let value: Double
    }

    let values: [Value]
    /// What rows that carry it are to be called.
    let wantedClass: String
  }

  let program = Program.name
  let version = Program.version
  let seed: Int
  let attack: ConditionRecord
  /// Absent where the attack has none.
  let trigger: Trigger?
  let input: DatasetRecord
  let output: Output
  let classCounts: [ClassCount]
  /// The rows of data, from 1, that were replaced, copied or deleted, in the order they were taken.
  let rows: [Int]

  /// The record of a file that was written to a path.
  ///
  /// Digests are those of data sets, of features, labels, groups and weights alone, with the classes of the input.
  public init(_ file: PoisonedFile, path: String, prefix: String) {
    let data = file.dataset
    seed = Int(file.seed)
    attack = ConditionRecord(
      StoredAttack(file.attack), file.level, poisonedRows: file.patch.rows.count)
    trigger = file.trigger.map { trigger in
      Trigger(
        values: zip(trigger.values.columns, trigger.values.values).map {
          Trigger.Value(feature: data.featureNames[$0], value: $1)
        }, wantedClass: data.classNames[trigger.wanted])
    }
    input = DatasetRecord(data)
    let after =
      (try? Dataset(
        name: data.name, features: file.poisoned.features, labels: file.poisoned.labels,
        classNames: data.classNames, featureNames: data.featureNames, targetName: data.targetName,
        encoding: data.encoding))?.grouped(by: data.groups?.selecting(file.poisoned.rowIDs))
      .weighted(by: data.sampleWeights?.selecting(file.poisoned.rowIDs))
    output = Output(
      file: path, digest: after?.digest ?? "", rows: file.poisoned.count,
      columns: PoisonedFile.columns.map { prefix + $0 })
    let (before, now) = (data.classCounts, file.poisoned.classCounts)
    classCounts = data.classNames.indices.map {
      ClassCount(name: data.classNames[$0], before: before[$0], after: now[$0])
    }
    rows = file.patch.rows.map { data.sourceRow($0) + 1 }
  }
}
