import Poisoning
import Reporting
import Statistics
import Sweeps

extension Table {
  /// All cells of a study for machines, one a row, of curves with their rows; measures by MLflow's names.
  init(cells: [CellSummary], areCurves: Bool) {
    let parts = { (measure: Measure) in
      ["mean"] + (measure == .accuracy ? ["std"] : [])
        + (measure.range == nil ? [] : ["ci95_low", "ci95_high"])
    }
    let measured = Measure.allCases.flatMap { measure in
      parts(measure).map { Column.percent("\(measure.label)_\($0)") }
    }
    let rows: [Column] = areCurves ? [.count("attacked_rows"), .count("added_rows")] : []
    self.init(
      rows + [.text("attack"), .percent("poison_level"), .text("defense"), .text("model")]
        + measured + [.count("seeds")])
    for cell in cells {
      let moments = Dictionary(uniqueKeysWithValues: cell.measures.map { ($0.measure, $0.moments) })
      let values = Measure.allCases.flatMap { measure in
        let moments = moments[measure]
        let interval = moments?.interval()
        let known = [
          "mean": moments?.mean, "std": moments?.standardDeviation, "ci95_low": interval?.lower,
          "ci95_high": interval?.upper,
        ]
        return parts(measure).map { Value.number(known[$0] ?? nil) }
      }
      let rows: [Value] = areCurves ? [.count(cell.rows.attacked), .count(cell.rows.added)] : []
      let place: [Value] = [
        .text(cell.attackName), .level(cell.level), .text(cell.defenseName), .text(cell.modelName),
      ]
      append(rows + place + values + [.count(cell.accuracy.count)])
    }
  }
}
