import Datasets
import Models
import Poisoning
import Statistics
import StudySupport
import Sweeps
import Testing

struct StoppingRuleTests {
  private static func cells(seedCount: Int, levels: [Double] = [0, 0.3]) throws -> [CellSummary] {
    let dataset = EmbeddedDataset.iris.load()
    let study = try Study(
      dataset: dataset, conditions: conditions(["flip"], levels, for: dataset),
      models: [try ModelChoice("knn")])
    return StudyEngine(study, threads: 2).summaries(seedCount: seedCount)
  }

  @Test func looksAtMeansAndDrops() throws {
    let cells = try Self.cells(seedCount: 200)
    let rule = StoppingRule(halfWidth: 0.02)
    let widths = [
      rule.sequence.halfWidth(cells[0].accuracy, range: 1),
      rule.sequence.halfWidth(cells[1].accuracy, range: 1),
      rule.sequence.halfWidth(cells[1].accuracyDrop, range: 2),
    ]
    #expect(rule.widest(of: cells) == widths.max())
    #expect(rule.widest(of: [cells[0]]) == widths[0])
  }

  @Test func isMetWhereTheWidestIsNarrowEnough() throws {
    let cells = try Self.cells(seedCount: 200)
    let width = StoppingRule(halfWidth: 0.02).widest(of: cells)
    #expect(StoppingRule(halfWidth: 0.5).isMet(by: cells))
    #expect(width > 0.02 && !StoppingRule(halfWidth: 0.02).isMet(by: cells))
    #expect(StoppingRule(halfWidth: 0.02, maximumSeedCount: 200).isMet(by: cells))
    #expect(!StoppingRule(halfWidth: 0.5, minimumSeedCount: 201).isMet(by: cells))
  }

  @Test func nothingIsEnoughOfNothing() throws {
    let cells = try Self.cells(seedCount: 0)
    let rule = StoppingRule(halfWidth: 0.9)
    #expect(rule.widest(of: cells) == .infinity && !rule.isMet(by: cells))
  }

  @Test func needsAWidthAndSeeds() async {
    await #expect(processExitsWith: .failure) { _ = StoppingRule(halfWidth: 0) }
    await #expect(processExitsWith: .failure) {
      _ = StoppingRule(halfWidth: 0.1, minimumSeedCount: 2, maximumSeedCount: 1)
    }
  }
}
