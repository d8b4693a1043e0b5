package import Models
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// The confusion matrix of one fit or cell: rows are true classes, columns predicted ones, and a field
  /// shows the share of its true class.
  package static func confusion(
    _ confusion: ConfusionMatrix, classNames: [String], title: String
  ) -> Figure {
    var table = confusionTable([])
    append(confusion, classNames, [], to: &table)
    let size = max(60, min(90, 640 / classNames.count))
    return Figure(
      "confusion_matrix", title, table,
      Chart(
        title,
        matrix(classNames, size, size * 2 / 3, fontSize: classNames.count > 12 ? 9 : 13, table)))
  }

  /// Those of cells of one attack and of no attack, one row a level, one column a model.
  static func confusion(
    _ cells: [CellSummary], classNames: [String], name: String, title: String
  ) -> Figure {
    var table = confusionTable([.text("attack"), .number("level"), .text("model"), .text("poison")])
    for cell in cells where cell.accuracy.count > 0 {
      append(
        cell.confusion, classNames,
        [
          .text(cell.attackName), .level(cell.level), .text(cell.modelName),
          .text(cell.level.description),
        ], to: &table)
    }
    let size = max(16, min(44, 400 / classNames.count))
    let view = matrix(
      classNames, size, size * 3 / 4, fontSize: classNames.count > 6 ? 7 : 11, table)
    return Figure(
      name, "\(title): confusion added up over all seeds; rows are true classes.",
      table.keeping(["attack", "level", "model", "true", "predicted", "count"]),
      Chart(
        title, view,
        facet: Chart.Facet(
          row: .word(
            "poison", "poisoned share of the training rows", cells.map(\.level.description).distinct
          ),
          column: .word("model", "", cells.map(\.modelName).distinct))))
  }

  /// How often each class was predicted as which, cell by cell.
  static func counts(_ cells: [CellSummary], classNames: [String]) -> Table {
    var table = confusionTable([
      .text("attack"), .number("level"), .text("defense"), .text("model"),
    ])
    for cell in cells {
      append(
        cell.confusion, classNames,
        [
          .text(cell.attackName), .level(cell.level), .text(cell.defenseName),
          .text(cell.model),
        ], to: &table)
    }
    return table.keeping(["attack", "level", "defense", "model", "true", "predicted", "count"])
  }

  private static func confusionTable(_ columns: [Table.Column]) -> Table {
    Table(
      columns + [.text("true"), .text("predicted"), .count("count"), .percent("share", 1)])
  }

  private static func append(
    _ confusion: ConfusionMatrix, _ names: [String], _ start: [Table.Value], to table: inout Table
  ) {
    for truth in names.indices {
      let total = names.indices.reduce(0) { $0 + confusion[truth, $1] }
      for predicted in names.indices {
        let count = confusion[truth, predicted]
        table.append(
          start + [
            .text(names[truth]), .text(names[predicted]), .count(count),
            .number(Double(count) / Double(max(total, 1))),
          ])
      }
    }
  }

  /// One hue from light to dark, which all colour vision tells apart, and the number in each field.
  private static func matrix(
    _ names: [String], _ width: Int, _ height: Int, fontSize: Double, _ table: Table
  ) -> Chart.View {
    let predicted = Chart.Channel.word(
      "predicted", "predicted", names, axis: Chart.Channel.Guide(labelAngle: -35))
    let color = Chart.Channel.number(
      "share", "share of the true class", legend: Chart.Theme.percent,
      scale: Chart.Channel.Scale(domain: .numbers([0, 1]), scheme: "blues"))
    return Chart.View(
      [
        Chart.View(.field, [.color: color]),
        Chart.View(
          .text(size: fontSize),
          [
            .text: .number("share", format: ".1%"),
            .color: .constant("black", "white", where: "datum.share > 0.5"),
          ]),
      ], [.x: predicted, .y: .word("true", "true class", names)], data: table,
      width: .number(Double(width * names.count)), height: .number(Double(height * names.count)))
  }
}
