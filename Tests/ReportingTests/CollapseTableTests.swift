import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct CollapseTableTests {
  private static func outcome() throws -> Outcome {
    try Outcome(
      attacks: [UniformNoise(), Relabel(), try OutOfRange(kappa: 100)], shares: [0, 0.1, 0.5],
      models: ["softmax", "rbf-svm", "knn"])
  }

  @Test func starsMarkWhatIsNoBetterThanGuessing() throws {
    let outcome = try Self.outcome()
    let table = try #require(
      CollapseTable(cells: outcome.cells, models: outcome.models, classCount: 3))
    var stars = 0
    for cell in outcome.cells where cell.level.share == 0.5 {
      #expect(table.hasCollapsed(cell) == (cell.accuracy.mean <= 1.0 / 3 + 0.05))
      if table.hasCollapsed(cell) { stars += 1 }
    }
    // Relabelling half the rows brings down softmax and the SVM at least, noise none.
    #expect(stars >= 2)
    let body = table.lines.dropFirst(2).prefix(3)
    #expect(body.reduce(0) { $0 + $1.count { $0 == "*" } } == stars)
    #expect(body.first?.contains("*") == false)
    #expect(
      table.lines.last == "* collapsed: mean accuracy at most 38.3 %, guessing plus 5 points")
  }

  @Test func rowsAreTheAttacksOfTheHighestLevel() throws {
    let outcome = try Self.outcome()
    let table = try #require(
      CollapseTable(cells: outcome.cells, models: outcome.models, classCount: 3))
    let names = table.lines.dropFirst(2).prefix(3).map { $0.prefix { $0 != " " } }
    #expect(names == ["uniform", "relabel", "out-of-range:kappa=100.0"])
    #expect(table.lines[0].split(separator: " ") == ["attack", "softmax", "rbf-svm", "knn"])
    let relabelled = try #require(outcome.cell("relabel", 0.5, "knn"))
    let interval = try #require(relabelled.accuracy.interval())
    #expect(interval.contains(relabelled.accuracy.mean))
  }

  @Test func withoutPoisonThereIsNone() throws {
    let outcome = try Outcome(shares: [0])
    #expect(CollapseTable(cells: outcome.cells, models: outcome.models, classCount: 3) == nil)
    #expect(CollapseTable(cells: [], models: ["knn"], classCount: 3) == nil)
  }
}
