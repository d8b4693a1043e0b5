import Datasets
import LinAlg
import Poisoning

/// Runs a study over many seeds on all cores and sums up as it goes.
///
/// Seeds are worked on in blocks, each shared out to the threads and then taken in the order of
/// seeds: results do not depend on threads, and memory does not grow with the number of seeds.
public struct StudyEngine: Sendable {
  /// Seeds of a block.
  static let blockSize = 64

  /// The results of consecutive seeds.
  public struct Block: Sendable {
    /// The first seed.
    public let firstSeed: UInt32

    /// For each seed the results of all cells: conditions outermost, models innermost.
    public let results: [[TrialResult]]
  }

  /// What is run.
  public let study: Study

  /// Number of threads.
  public let threads: Int

  /// Prepares a run.
  ///
  /// - Precondition: `threads >= 1`.
  public init(_ study: Study, threads: Int) {
    precondition(threads >= 1, "Cannot run on \(threads) threads")
    self.study = study
    self.threads = threads
  }

  /// Runs `count` seeds from `firstSeed` on and returns the summaries of all cells.
  ///
  /// `willContinue` is given each finished block, in order; the run ends early when it returns
  /// false, and then there is no summary.
  /// - Precondition: The last seed fits 32 bits.
  /// - Throws: What `willContinue` throws.
  public func run<Failure: Error>(
    firstSeed: UInt32 = 0, count: Int, willContinue: (Block) throws(Failure) -> Bool
  ) throws(Failure) -> [CellSummary]? {
    precondition(
      count >= 0 && Int(firstSeed) + count <= Int(UInt32.max) + 1, "Seeds must fit 32 bits")
    var cells = study.conditions.flatMap { condition in
      study.models.map { CellSummary(condition, $0, classCount: study.dataset.classCount) }
    }
    let cleanIndex = study.conditions.firstIndex { $0.level == .clean }
    for start in stride(from: 0, to: count, by: Self.blockSize) {
      let size = min(Self.blockSize, count - start)
      let results = Parallel.map(size, threads: threads) { index in
        study.results(seed: firstSeed + UInt32(start + index))
      }
      for seedResults in results {
        for (index, result) in seedResults.enumerated() {
          let clean = cleanIndex.map {
            seedResults[$0 * study.models.count + index % study.models.count]
          }
          cells[index].add(result, clean: clean)
        }
      }
      let block = Block(firstSeed: firstSeed + UInt32(start), results: results)
      guard try willContinue(block) else { return nil }
    }
    return cells
  }
}
