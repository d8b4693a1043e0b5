import Models
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// What each attack costs: one panel a model, attacks ranked from top to bottom, the paired drop in
  /// accuracy with its interval to the right, levels by colour and shape.
  ///
  /// `cells` are those of attacks on all rows, without controls and clean cells.
  static func tournament(_ cells: [CellSummary], title: String) -> Figure {
    var table = Table([
      .text("attack"), .number("level"), .text("poison"), .text("model"), .percent("drop"),
      .percent("ci95_low"), .percent("ci95_high"),
    ])
    for cell in cells where cell.accuracyDrop.count > 0 {
      let ends = cell.accuracyDrop.interval()
      table.append([
        .text(cell.attackName), .level(cell.level), .text(cell.level.description),
        .text(cell.modelName), .mean(cell.accuracyDrop), .number(ends?.lower), .number(ends?.upper),
      ])
    }
    let levels = Set(cells.map(\.level)).sorted().map(\.description)
    let attack = Chart.Channel.word(
      "attack", .none, ranking(cells), axis: Chart.Channel.Guide(grid: true))
    let view = Chart.View(
      drops(by: .series(.shape, "poison", "poisoned share", levels)),
      [.y: attack, .color: .series(.color, "poison", "poisoned share", levels)], data: table,
      width: 190, height: .step(17))
    return Figure(
      "tournament", "\(title): the paired drop in accuracy, with its 95 % interval.", table,
      Chart(
        title, view, facet: Chart.Facet(column: .word("model", "", cells.map(\.modelName).distinct))
      ))
  }

  /// The column `drop` and its interval along x.
  static func drops(by shape: Chart.Channel) -> [Chart.View] {
    let drop = { (field: String) in
      Chart.Channel.number(field, "accuracy lost, 95 % interval", axis: Chart.Theme.percent)
    }
    return [
      Chart.View(.interval, [.x: drop("ci95_low"), .x2: .end("ci95_high")]),
      Chart.View(.point(size: 40), [.x: drop("drop"), .shape: shape]),
    ]
  }

  /// The attacks by their mean drop over the models at the highest level they have, largest first.
  private static func ranking(_ cells: [CellSummary]) -> [String] {
    let drops = cells.map(\.attackName).distinct.map { name in
      let own = cells.filter { $0.attackName == name }
      let highest = own.map(\.level).max()
      let drops = own.filter { $0.level == highest }.map(\.accuracyDrop.mean)
      return (name: name, drop: drops.reduce(0, +) / Double(drops.count))
    }
    return drops.enumerated().sorted { a, b in
      a.element.drop == b.element.drop ? a.offset < b.offset : a.element.drop > b.element.drop
    }.map(\.element.name)
  }
}
