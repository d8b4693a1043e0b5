import Analyses
import Models
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// Accuracy against poison level with the interval of each mean: one line a model or, where there are
  /// defences, one a defence, with a panel for each model; nil without a fit.
  ///
  /// `cells` are those of some attacks, each of which has a row of panels, and of no attack.
  static func accuracy(_ cells: [CellSummary], name: String, title: String) -> Figure? {
    let points = AccuracyPoints(cells)
    guard !points.table.isEmpty else { return nil }
    let panels = points.panels
    let size = panels == nil ? (width: 420, height: 270) : (width: 210, height: 140)
    let series = points.series
    // A line and its name need no legend.
    let isNamed = panels == nil && !series.hasOthers && series.words.count <= 7
    let legend: Chart.Channel.Legend? = isNamed ? .hidden : nil
    let domain = points.domain
    let accuracy = { (field: String) in
      Chart.Channel.number(
        field, "accuracy on clean rows", axis: Chart.Theme.percent,
        scale: Chart.Channel.Scale(zero: false, nice: false, domain: .numbers(domain)))
    }
    let known = series.hasOthers ? "datum.shown != '\(Chart.Series.others)'" : nil
    var layers = [
      Chart.View(.interval, [.y: accuracy("ci95_low"), .y2: .end("ci95_high")], where: known),
      Chart.View(
        Chart.Mark(type: .line), [.y: accuracy("accuracy"), .detail: .word(points.line)]),
      Chart.View(
        .point(size: 55),
        [
          .y: accuracy("accuracy"), .shape: series.shape("shown", points.title, legend: legend),
        ], where: known),
    ]
    if isNamed {
      let gap = 14 * (domain[1] - domain[0]) / Double(size.height)
      layers.append(
        Chart.View(
          .lineLabel, [.y: accuracy("accuracy"), .text: .end(points.line)],
          data: points.ends(gap: gap)))
    }
    return Figure(
      name, "\(title): accuracy on clean rows, with 95 % intervals of the mean.\(points.remark)",
      points.numbers,
      Chart(
        title,
        Chart.View(
          layers,
          [
            .x: points.axis.channel("level"),
            .color: series.color("shown", points.title, legend: legend),
          ], data: points.table, width: .number(Double(size.width)),
          height: .number(Double(size.height))),
        facet: panels))
  }
}

/// The means of cells as points of lines.
private struct AccuracyPoints {
  /// A row each, where the attack of a panel is that of its clean cells too.
  private(set) var table: Table
  let isDefended: Bool
  let series: Chart.Series
  let axis: Chart.LevelAxis
  private let attacks: [String]
  private let models: [String]

  init(_ cells: [CellSummary]) {
    let cells = cells.filter { $0.accuracy.count > 0 }
    let defenses = cells.map(\.defenseName).distinct
    isDefended = defenses.contains { $0 != "none" }
    attacks = cells.filter { $0.level != .clean }.map(\.attackName).distinct
    models = cells.map(\.modelName).distinct
    axis = Chart.LevelAxis(cells.map(\.level.share))
    series =
      isDefended
      ? Chart.Series(defenses, reference: "none", best: Self.best(defenses, cells))
      : Chart.Series(models)
    table = Table(
      [.text("attack"), .number("level"), .text("defense"), .text("model")]
        + [.percent("accuracy"), .percent("ci95_low"), .percent("ci95_high"), .text("shown")])
    for attack in attacks.isEmpty ? ["none"] : attacks {
      for cell in cells where cell.level == .clean || cell.attackName == attack {
        let ends = cell.accuracy.interval()
        table.append([
          .text(attacks.count > 1 ? attack : cell.attackName), .level(cell.level),
          .text(cell.defenseName), .text(cell.modelName), .mean(cell.accuracy),
          .number(ends?.lower), .number(ends?.upper),
          .text(series.name(isDefended ? cell.defenseName : cell.modelName)),
        ])
      }
    }
  }

  /// The defences that give back most, the best first: their mean gain over all attacked cells that they have.
  private static func best(_ defenses: [String], _ cells: [CellSummary]) -> [String] {
    let gains = defenses.filter { $0 != "none" }.map { defense in
      let gains = cells.filter { $0.defenseName == defense && $0.level != .clean }
        .map(\.accuracyGain).filter { $0.count > 0 }.map(\.mean)
      return (defense, gains.reduce(0, +) / Double(max(gains.count, 1)))
    }
    return gains.enumerated().sorted { a, b in
      (-a.element.1, a.offset) < (-b.element.1, b.offset)
    }.map(\.element.0)
  }

  /// The column that lines are told apart by.
  var line: String { isDefended ? "defense" : "model" }

  var title: String { isDefended ? "defence" : "model" }

  /// The numbers for a file.
  var numbers: Table {
    table.keeping(
      ["attack", "level", "model", "accuracy", "ci95_low", "ci95_high"]
        + (isDefended ? ["defense"] : []))
  }

  /// What else a caption says.
  var remark: String {
    isDefended
      ? " Grey: without a defence."
        + (series.hasOthers
          ? " Faint: the defences that give back less than the \(series.shown.count) in colour."
          : "")
      : ""
  }

  /// Attacks from top to bottom and, where there are defences, models side by side; nil for a single panel.
  var panels: Chart.Facet? {
    let rows = attacks.count > 1 ? Chart.Channel.rows("attack", .none, attacks) : nil
    let columns =
      isDefended && models.count > 1 ? Chart.Channel.word("model", .none, models) : nil
    return rows == nil && columns == nil ? nil : Chart.Facet(row: rows, column: columns)
  }

  /// From the lowest end of an interval to the highest, and a little more.
  var domain: [Double] {
    let keys = ["accuracy", "ci95_low", "ci95_high"]
    let places = table.columns.indices.filter { keys.contains(table.columns[$0].key) }
    let ends = table.rows.flatMap { row in places.compactMap { row[$0].number } }
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
    let margin = max((high - low) / 20, 0.004)
    return [max(0, low - margin), min(1, high + margin)]
  }

  /// The last point of each line, at a height that leaves `gap` to the next.
  func ends(gap: Double) -> Table {
    var last: [(name: String, row: [Table.Value])] = []
    let (name, level, accuracy) = (isDefended ? 2 : 3, 1, 4)
    for word in series.words {
      let own = table.rows.filter { $0[name] == .text(word) }
      let end = own.max { ($0[level].number ?? 0) < ($1[level].number ?? 0) }
      if let end { last.append((word, end)) }
    }
    let heights = Chart.LineLabels.spread(last.map { $0.row[accuracy].number ?? 0 }, gap: gap)
    return Table(
      [.number("level"), .text("defense"), .text("model"), .percent("accuracy"), .text("shown")],
      rows: zip(last, heights).map { end, height in
        [end.row[level], end.row[2], end.row[3], .number(height), end.row[7]]
      })
  }
}
