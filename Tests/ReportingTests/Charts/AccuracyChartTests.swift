import Datasets
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct AccuracyChartTests {
  private func specification(_ outcome: Outcome) throws -> JSONValue {
    return try JSONValue(
      parsing: #require(outcome.report.answer.figures.first).chart.specification)
  }

  /// The cells of the first attack and of no attack, each with its interval.
  @Test(arguments: [1, 6])
  func drawsTheMainTable(_ seedCount: Int) throws {
    let outcome = try Outcome(
      attacks: [UniformNoise(), LabelFlip()], shares: [0, 0.1, 0.5], seedCount: seedCount)
    let chart = try specification(outcome)
    #expect(chart.title?.text == "iris, attack uniform")
    let values = try #require(chart.data?.values?.items)
    #expect(values.count == 6)
    for value in values {
      let level = try #require(value.level?.number)
      let model = try #require(value.model?.text)
      let cell = try #require(outcome.cell(level == 0 ? "none" : "uniform", level, model))
      #expect(value.accuracy?.number == cell.accuracy.mean)
      let interval = cell.accuracy.interval()
      #expect(value.ci95_low?.number == interval?.lower)
      #expect(value.ci95_high?.number == interval?.upper)
    }
    #expect(Set(values.compactMap(\.level?.number)) == [0, 0.1, 0.5])
    #expect(chart.encoding?.color?.scale?.domain?.texts == ["softmax", "knn"])
  }

  @Test(arguments: ["a \"quoted\" name", "back\\slash", "line\nbreak", "é😀"])
  func titlesAreEscaped(_ name: String) throws {
    let iris = EmbeddedDataset.iris.load()
    let dataset = try Dataset(
      name: name, features: iris.features, labels: iris.labels, classNames: iris.classNames,
      featureNames: iris.featureNames, targetName: iris.targetName)
    let chart = try specification(Outcome(dataset, shares: [0], models: ["knn"], seedCount: 1))
    #expect(chart.title?.text == "\(name), attack none")
  }
}
