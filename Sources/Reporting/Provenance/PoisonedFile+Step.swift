package import Datasets
import Poisoning
package import Provenance

extension PoisonedFile {
  /// What the attack did, as an entry of a log of provenance records it.
  ///
  /// - Parameters:
  ///   - input: The path of the file that was read; nil for data that are built in.
  ///   - name: What the data are called.
  ///   - output: The path of the file that was written.
  ///   - bytes: `bytes`, which take time to make.
  /// - Throws: `DatasetsError`, for what cannot be divided into rows.
  package func step(
    from input: String?, named name: String, to output: String, bytes: [UInt8]
  ) throws(DatasetsError) -> ProvenanceStep {
    let before = TableVersion(
      try CSVRecords(bytes: rows.bytes, file: name, hasHeader: rows.hasHeader))
    let after = TableVersion(
      try CSVRecords(bytes: bytes, file: output, hasHeader: rows.hasHeader))
    return ProvenanceStep(
      .poison, inputs: [ProvenanceStep.Table(before, path: input)],
      outputs: [ProvenanceStep.Table(after, path: output)],
      parameters: [
        "attack": level == .clean ? "none" : attack.specification, "flow": attack.flow.rawValue,
        "level": "\(level.share)", "seed": "\(seed)", "target": dataset.targetName,
      ],
      rows: patch.rows.map { $0 + 1 })
  }
}
