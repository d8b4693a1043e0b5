import Analyses
import Datasets
import Models
import Poisoning
import Reporting
import Sweeps
import Testing

struct ChartTests {
  /// All values of a key, wherever in a chart.
  private func all(_ key: String, in value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let members):
      members.flatMap { ($0.key == key ? [$0.value] : []) + all(key, in: $0.value) }
    case .list(let items): items.flatMap { all(key, in: $0) }
    default: []
    }
  }

  /// The ends of intervals are lines, and only means are points.
  @Test func onlyMeansArePoints() throws {
    let outcome = try Outcome(shares: [0, 0.1], seedCount: 4)
    let figure = try #require(outcome.report.answer.figures.first)
    let chart = try JSONValue(parsing: figure.chart.specification)
    let layers = try #require(chart.layer?.items)
    #expect(layers.map { $0.mark?.type?.text } == ["rule", "line", "point", "text"])
    #expect(layers.map { $0.encoding?.shape != nil } == [false, false, true, false])
    #expect(chart.encoding?.shape == nil && layers[1].mark?.point == nil)
    #expect(layers[2].encoding?.y?.field?.text == "accuracy")
  }

  /// One palette for all series, one ramp for all levels, one theme for all charts.
  @Test func chartsLookAlike() throws {
    let attacks: [any Attack] = [
      LabelFlip(), try AttackCatalog.attack("flip:flow=delete", for: EmbeddedDataset.iris.load()),
    ]
    let outcome = try Outcome(attacks: attacks, shares: [0, 0.1, 0.2], seedCount: 2)
    let figures = try [
      outcome.report, outcome.study.report(.tournament, seedCount: 2),
    ].flatMap(\.answer.figures)
    #expect(figures.map(\.name) == ["accuracy", "confusion", "tournament"])
    let charts = try figures.map { try JSONValue(parsing: $0.chart.specification) }
    #expect(charts.allSatisfy { $0.config != nil && $0.config == charts[0].config })
    let palettes = charts.flatMap { all("color", in: $0) }.compactMap { color in
      color.type?.text == "nominal" ? color.scale?.range?.texts : nil
    }
    #expect(
      palettes == [
        Array(Chart.Theme.colors.prefix(2)), Chart.Theme.levels.steps(2).map(\.text),
      ])
    #expect(charts.allSatisfy { $0["$schema"]?.text?.contains("vega-lite") == true })
  }

  /// What is drawn is what the file beside it has.
  @Test func figuresHaveTheirNumbers() throws {
    let outcome = try Outcome(shares: [0, 0.1], seedCount: 4)
    let figure = try #require(outcome.report.answer.figures.first)
    let lines = figure.table.csv.split(separator: "\n").map(String.init)
    #expect(lines[0] == "attack,level,model,accuracy,ci95_low,ci95_high")
    let values = try JSONValue(parsing: figure.chart.specification).data?.values?.items ?? []
    #expect(values.count == lines.count - 1 && values.count == 4)
    for (value, line) in zip(values, lines.dropFirst()) {
      #expect(
        line.split(separator: ",").dropFirst(3).map { Double($0) } == [
          value.accuracy?.number, value.ci95_low?.number, value.ci95_high?.number,
        ])
    }
  }
}
