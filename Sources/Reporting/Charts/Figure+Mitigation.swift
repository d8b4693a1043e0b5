import Analyses
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// What defences give back: one panel a level, a line a defence, a column an attack; colour is the share
  /// of the loss that comes back, the number points of accuracy.
  static func mitigation(_ rescues: [Rescue], title: String) -> Figure {
    var table = Table([
      .text("attack"), .text("level"), .text("defense"), .percent("gain", 1, signed: true),
      .percent("share", 1), .text("verdict"),
    ])
    for rescue in rescues {
      let isClean = rescue.level == .clean
      let scale = isClean ? 0.1 : max(rescue.judged.loss.mean, 0.02)
      let gain = rescue.judged.gain.mean
      table.append([
        .text(isClean ? "no attack" : rescue.attack),
        .text(isClean ? "cost" : rescue.level.description), .text(rescue.defense), .number(gain),
        // Cut to −1…1.
        .number(max(-1, min(1, gain / scale))), .text(rescue.verdict.rawValue),
      ])
    }
    let words = { (key: String) in
      table.rows.map { $0[table.keys.firstIndex(of: key) ?? 0] }.map(table.columns[0].plain)
        .distinct
    }
    let attack = Chart.Channel.word(
      "attack", .none, words("attack"),
      axis: Chart.Channel.Guide(labelAngle: -30, orient: "top"))
    let share = Chart.Channel.number(
      "share", "loss recovered", legend: Chart.Theme.percent,
      scale: Chart.Channel.Scale(
        domain: .numbers([-1, 0, 1]), range: .texts(Chart.Theme.diverging)))
    let unsure = [Rescue.Verdict.none, .undecided, .unjudged]
      .map { "datum.verdict == '\($0.rawValue)'" }.joined(separator: " || ")
    let view = Chart.View(
      [
        Chart.View(.field, [.color: share]),
        Chart.View(
          .text(size: 9),
          [
            .text: .number("gain", format: "+.1%"),
            .color: .constant("black", "#767676", where: unsure),
          ]),
      ], [.x: attack, .y: .word("defense", "", words("defense"))], data: table, width: .step(58),
      height: .step(18))
    return Figure(
      "mitigation",
      "\(title): colour is the share of the loss that comes back, numbers are points of accuracy, "
        + "or of the success of a targeted attack; grey where no verdict is sure.",
      table,
      Chart(
        title, view,
        facet: Chart.Facet(column: .word("level", "", words("level")), independent: "x")))
  }
}
