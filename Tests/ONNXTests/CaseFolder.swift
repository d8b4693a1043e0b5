import Foundation
import LinAlg
import Models
import ONNX

/// Cases as files that the script reads: models, and arrays of doubles.
struct CaseFolder {
  private let folder: URL

  init(_ folder: URL) {
    self.folder = folder
  }

  /// What the script is told of one case.
  private struct Entry: Encodable {
    let outputs: [[String]]
    let classNames: [String]
    let featureNames: [String]
  }

  func write(_ cases: [GraphCase]) throws {
    for (index, item) in cases.enumerated() {
      try Data(item.graph.bytes).write(to: file(index, "onnx"))
      try write(item.rows.elements, file(index, "rows"))
      try write(item.prediction.classes.map(Double.init), file(index, "labels"))
      try write(item.prediction.scores.elements, file(index, "scores"))
      try write(item.bound.isCertain.map { $0 ? 1 : 0 }, file(index, "certain"))
    }
    let entries = cases.map { item in
      Entry(
        outputs: item.graph.outputs.map { [$0.name, $0.type.rawValue] },
        classNames: item.classNames, featureNames: item.featureNames)
    }
    try JSONEncoder().encode(entries).write(to: folder.appendingPathComponent("cases.json"))
  }

  private func file(_ index: Int, _ suffix: String) -> URL {
    folder.appendingPathComponent("\(index).\(suffix)")
  }

  private func write(_ numbers: [Double], _ file: URL) throws {
    let bytes = numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * $0)) }
    }
    try Data(bytes).write(to: file)
  }
}

/// Calls a closure with a folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("onnx-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
