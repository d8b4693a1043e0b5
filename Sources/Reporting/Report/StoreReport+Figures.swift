import Datasets
import Models
import Poisoning
import Statistics
import Sweeps

/// The figures of a report.
extension StoreReport {
  static func accuracyFigures(_ cells: [CellSummary]) -> [ReportFigure] {
    attacks(of: cells).enumerated().map { index, attack in
      let own = cells.filter {
        $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
      }
      let chart = AccuracyChart(own, title: attack).specification
      var writer = CSVWriter(header: [
        "attack", "level", "model", "accuracy", "ci95_low", "ci95_high",
      ])
      for cell in own {
        let ends = cell.accuracy.interval()
        writer.append([
          cell.attackName, CSVWriter.field(cell.level.share), cell.modelName,
          CSVWriter.field(cell.accuracy.mean), CSVWriter.field(ends?.lower ?? .nan),
          CSVWriter.field(ends?.upper ?? .nan),
        ])
      }
      return ReportFigure(
        name: "accuracy-\(index + 1)",
        caption: "Accuracy on clean rows under \(attack), with 95 % intervals of the mean.",
        interactive: chart, still: chart, csv: writer.text)
    }
  }

  static func confusionFigures(
    _ cells: [CellSummary], _ names: [String]
  ) -> [ReportFigure] {
    attacks(of: cells).enumerated().map { index, attack in
      let own = cells.filter {
        $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
      }
      let chart = ConfusionChart(own, classNames: names, title: attack).specification
      var writer = CSVWriter(header: ["attack", "level", "model", "true", "predicted", "count"])
      for cell in own {
        for truth in names.indices {
          for predicted in names.indices {
            writer.append([
              cell.attackName, CSVWriter.field(cell.level.share), cell.modelName, names[truth],
              names[predicted], "\(cell.confusion[truth, predicted])",
            ])
          }
        }
      }
      return ReportFigure(
        name: "confusion-\(index + 1)",
        caption: "Confusion under \(attack), added up over all seeds: rows are true classes.",
        interactive: chart, still: chart, csv: writer.text)
    }
  }

  static func attacks(of cells: [CellSummary]) -> [String] {
    let names = cells.filter { $0.level != .clean && !$0.attackName.contains("flow=delete") }
      .map(\.attackName)
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
