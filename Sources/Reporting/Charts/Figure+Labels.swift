import Defenses
import Inspection

extension Figure {
  /// How many labels are improbable, against how many would be by chance.
  static func labels(_ labels: LabelEvidence, title: String) -> Figure {
    var table = Table([
      .number("threshold"), .count("observed"), .number("expected"), .number("lower"),
      .number("upper"),
    ])
    for point in labels.curve {
      table.append([
        .number(point.threshold), .count(point.observed), .number(point.expected),
        .number(max(0, point.expected - 4 * point.deviation)),
        .number(point.expected + 4 * point.deviation + 1),
      ])
    }
    let threshold = Chart.Channel.number(
      "threshold", "probability of the label by models of the other rows, at most",
      axis: Chart.Channel.Guide(format: ".1%"), scale: Chart.Channel.Scale(type: "log"))
    let color = Chart.Theme.colors[1]
    let rows = { (field: String) in Chart.Channel.number(field, "rows") }
    let title = "\(title): labels that other rows contradict"
    return Figure(
      "labels", title, table,
      Chart(
        title,
        Chart.View(
          [
            Chart.View(
              .band(0.35, color: "#999999"), [.y: rows("lower"), .y2: .end("upper")]),
            Chart.View(.dashed([4, 3], color: Chart.Theme.grey), [.y: rows("expected")]),
            Chart.View(Chart.Mark(type: .line, color: color), [.y: rows("observed")]),
            Chart.View(.point(size: 30, color: color), [.y: rows("observed")]),
          ], [.x: threshold], data: table, width: 420, height: 260)))
  }
}
