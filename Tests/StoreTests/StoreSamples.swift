import Datasets
import Foundation
import LinAlg
import Models
import Poisoning
import Statistics
import Store
import StudySupport
import Sweeps
import TestSupport

/// Makes a new, empty folder.
func makeStoreFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("store-tests-\(UUID().uuidString)", isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

/// Calls `body` with the path of a store in a new, empty folder and removes the folder afterwards.
func withStorePath<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try makeStoreFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.appendingPathComponent("study.sqlite").path)
}

/// The content of each file in the folder of `path`, by name.
func filesBeside(_ path: String) throws -> [String: Data] {
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
  return try Dictionary(
    uniqueKeysWithValues: names.map { name in
      (name, try Data(contentsOf: folder.appendingPathComponent(name)))
    })
}

/// A study of two models under a clean condition and two attacks, of any size.
func storeStudy(
  validationRows: Int = 30, classCount: Int = 3, c: Double = 1, level: Double = 0.1
) throws -> Study {
  let rows = 2 * validationRows
  let dataset = try Dataset(
    name: "made, \"up\"",
    features: Matrix(rows: rows, columns: 1, elements: (0..<rows).map { Double($0) }),
    labels: (0..<rows).map { $0 % classCount }, classNames: (0..<classCount).map { "class \($0)" },
    featureNames: ["x"], targetName: "y")
  return try Study(
    dataset: dataset, validationShare: 0.5,
    conditions: try conditions(["flip"], [0, level], for: dataset)
      + conditions(["out-of-range:kappa=100"], [level], for: dataset),
    models: [try ModelChoice("softmax:C=\(c)"), try ModelChoice("knn")])
}

extension SweepStore {
  /// Opens a store for writing as the tests do.
  convenience init(
    _ path: String, _ study: Study, firstSeed: UInt32 = 0
  ) throws(StoreError) {
    try self.init(
      writing: path, study, firstSeed: firstSeed, program: "tests", version: "1.2.3")
  }
}

/// A block of made-up results; equal arguments give equal blocks.
func block(_ index: Int, seedCount: Int, of study: Study, variant: Int = 0) -> SeedBlock {
  let cellCount = study.conditions.count * study.models.count
  var stream = RandomStream(purpose: .testing, seed: UInt32(variant), row: index)
  let rows = study.validationCount
  var counts: [[UInt32]] = []
  for cell in 0..<cellCount {
    // The last cell is all right and the one before all wrong: the ends of the range.
    counts.append(
      (0..<seedCount).map { _ in
        switch cellCount - cell {
        case 1: UInt32(rows)
        case 2: 0
        default: stream.nextWord() % UInt32(rows + 1)
        }
      })
  }
  let cells = counts.indices.map { cell in
    SeedBlock.Cell(
      correct: counts[cell],
      tally: tally(
        counts[cell], clean: counts[cell % study.models.count],
        classCount: study.dataset.classCount, hasLoss: cell % study.models.count == 0, &stream))
  }
  return SeedBlock(index: index, seedCount: seedCount, cells: cells)
}

/// The counts of the first seeds of a block, with the sums that go with counts.
func beginning(of block: SeedBlock, seedCount: Int) -> SeedBlock {
  SeedBlock(
    index: block.index, seedCount: seedCount,
    cells: block.cells.map { cell in
      var tally = CellTally(classCount: cell.tally.confusion.classCount)
      let counts = cell.correct.prefix(seedCount)
      for count in counts.map({ Int($0) }) {
        tally.add(Double(count), to: .accuracy)
        tally.outcomeCounts[0] += 1
      }
      return SeedBlock.Cell(correct: Array(counts), tally: tally)
    })
}

private func tally(
  _ counts: [UInt32], clean: [UInt32], classCount: Int, hasLoss: Bool,
  _ stream: inout RandomStream
) -> CellTally {
  var tally = CellTally(classCount: classCount)
  for (count, clean) in zip(counts, clean) {
    let (c, drop) = (Int(count), Int(clean) - Int(count))
    tally.add(Double(c), to: .accuracy)
    tally.add(Double(drop), to: .accuracyDrop)
    tally.add(stream.normal(), to: .macroF1)
    tally.add(stream.normal() * 1e-300, to: .macroF1Drop)
    if hasLoss { tally.add(stream.normal() * 1e300, to: .logLoss) }
    tally.outcomeCounts[Int(stream.nextWord() % 4)] += 1
    tally.iterationSum += Int(stream.nextWord())
    tally.confusion[0, classCount - 1] += c
    tally.confusion[classCount - 1, 0] += 1
  }
  return tally
}

extension CellTally {
  /// Adds a value of a measure.
  mutating func add(_ value: Double, to measure: Measure) {
    sums[measure.rawValue].add(value)
  }

  /// The moments of a measure that is not a share of validation rows.
  subscript(moments measure: Measure) -> RunningMoments {
    get {
      guard case .moments(let moments) = sums[measure.rawValue] else { return RunningMoments() }
      return moments
    }
    set { sums[measure.rawValue] = .moments(newValue) }
  }
}
