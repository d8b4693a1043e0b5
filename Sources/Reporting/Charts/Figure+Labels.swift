import Inspection

extension Figure {
  /// How probably wrong labels are, the most probable first, as far as that is of interest.
  static func labels(_ inspection: Inspection, title: String) -> Figure {
    let order = inspection.labels.order.filter { inspection.labels.judgements[$0] != nil }
    let named = Set(inspection.findings.filter { $0.reasons.contains(.label) }.map(\.row))
    var table = Table([.count("rank"), .count("row"), .number("probability"), .text("list")])
    for (index, row) in order.prefix(max(2 * named.count, 50)).enumerated() {
      table.append([
        .count(index + 1), .count(row + 1),
        .number(inspection.labels.judgements[row]?.wrongProbability ?? 0),
        .text(named.contains(row) ? "called wrong" : "not"),
      ])
    }
    let title = "\(title): labels that other rows contradict"
    return Figure(
      "labels", title, table,
      Chart(
        title,
        Chart.View(
          [
            Chart.View(Chart.Mark(type: .line, color: Chart.Theme.grey), [:]),
            Chart.View(
              .point(size: 30),
              [
                .color: .series(
                  "list", "label", ["called wrong", "not"],
                  .texts([Chart.Theme.colors[1], Chart.Theme.faint]))
              ]),
          ],
          [
            .x: .number("rank", "rows, the most probably wrong first"),
            .y: .number(
              "probability", "probability that the label is wrong",
              axis: Chart.Channel.Guide(format: ".0%"),
              scale: Chart.Channel.Scale(domain: .numbers([0, 1]))),
          ], data: table, width: 420, height: 260)))
  }
}
