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
    let size = MatrixSize(classNames.count, most: 90, all: 640)
    var table = confusionTable([])
    append(confusion, classNames, [], size, to: &table)
    return Figure(
      "confusion_matrix", title, table.keeping(["true", "predicted", "count", "share"]),
      Chart(title, matrix(classNames, size, table)))
  }

  /// Those of cells of one attack and of no attack, one row a level, one column a model; nil without a fit.
  static func confusion(
    _ cells: [CellSummary], classNames: [String], name: String, title: String
  ) -> Figure? {
    let size = MatrixSize(classNames.count, most: 44, all: 400)
    var table = confusionTable([.text("attack"), .number("level"), .text("model"), .text("poison")])
    for cell in cells where cell.accuracy.count > 0 {
      append(
        cell.confusion, classNames,
        [
          .text(cell.attackName), .level(cell.level), .text(cell.modelName),
          .text(cell.level.description),
        ], size, to: &table)
    }
    guard !table.isEmpty else { return nil }
    return Figure(
      name, "\(title): confusion added up over all seeds; rows are true classes.",
      table.keeping(["attack", "level", "model", "true", "predicted", "count"]),
      Chart(
        title, matrix(classNames, size, table),
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
        ], nil, to: &table)
    }
    return table.keeping(["attack", "level", "defense", "model", "true", "predicted", "count"])
  }

  private static func confusionTable(_ columns: [Table.Column]) -> Table {
    Table(
      columns + [
        .text("true"), .text("predicted"), .count("count"), .percent("share", 1), .text("label"),
      ])
  }

  /// Adds the fields of a matrix; a class without a validation row has no shares.
  private static func append(
    _ confusion: ConfusionMatrix, _ names: [String], _ start: [Table.Value], _ size: MatrixSize?,
    to table: inout Table
  ) {
    for truth in names.indices {
      let total = names.indices.reduce(0) { $0 + confusion[truth, $1] }
      for predicted in names.indices {
        let count = confusion[truth, predicted]
        let share = total == 0 ? nil : Double(count) / Double(total)
        table.append(
          start + [
            .text(names[truth]), .text(names[predicted]), .count(count), .number(share),
            .text(size?.label(share) ?? ""),
          ])
      }
    }
  }

  /// One hue from light to dark, which all colour vision tells apart, and the number in each field.
  private static func matrix(
    _ names: [String], _ size: MatrixSize, _ table: Table
  ) -> Chart.View {
    let labels = { (angle: Double?) in
      Chart.Channel.Guide(
        labelAngle: angle, labelFontSize: size.nameSize, labelLimit: 130,
        labelOverlap: size.width < 20 ? "greedy" : nil)
    }
    let ramp = Chart.Theme.share
    let color = Chart.Channel.number(
      "share", "share of the true class", legend: Chart.Theme.percent, scale: ramp.scale(0, 1))
    return Chart.View(
      [
        Chart.View(.field, [.color: color], where: "isValid(datum.share)"),
        Chart.View(
          .field(Chart.Theme.empty), [:], where: "!isValid(datum.share)"),
        Chart.View(
          .text(size: size.fontSize),
          [
            .text: .end("label"),
            .color: .constant("black", "white", where: "datum.share > \(ramp.turn)"),
          ]),
      ],
      [
        .x: .word("predicted", "predicted", names, axis: labels(-35)),
        .y: .word("true", "true class", names, axis: labels(nil)),
      ], data: table, width: .number(size.width * Double(names.count)),
      height: .number(size.height * Double(names.count)))
  }
}

/// How large the fields of a matrix are, and what there is room for in them.
private struct MatrixSize {
  let width: Double
  let height: Double

  /// Fields of a matrix of so many classes that is about `all` wide, each at most `most`.
  init(_ classCount: Int, most: Int, all: Int) {
    width = Double(max(7, min(most, all / max(classCount, 1))))
    height = (width * (width < 20 ? 1 : 2.0 / 3)).rounded()
  }

  var fontSize: Double { width >= 60 ? 13 : width >= 40 ? 11 : 9 }

  var nameSize: Double { width >= 20 ? 11 : max(6, min(9, height)) }

  /// A share as there is room for it: with a decimal, without, or not at all.
  func label(_ share: Double?) -> String {
    guard width >= 22 else { return "" }
    guard let share else { return "–" }
    let decimals = width >= 40 && share > 0 && share < 1 ? 1 : 0
    return Numbers.percent(share, decimals) + (width >= 40 ? "%" : "")
  }
}
