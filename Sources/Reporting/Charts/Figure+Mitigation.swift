import Analyses
import Poisoning
import Statistics
import Sweeps

extension Figure {
  /// What defences give back: one panel a level, a line a defence, a column an attack; colour is the share
  /// of the loss that comes back, the number points of accuracy.
  static func mitigation(_ rescues: [Rescue], title: String) -> Figure? {
    var table = Table([
      .text("attack"), .text("level"), .text("defense"), .percent("gain", 1, signed: true),
      .percent("share", 1), .text("verdict"), .text("label"), .text("is_sure"),
    ])
    for rescue in rescues {
      let isClean = rescue.level == .clean
      let scale = isClean ? 0.1 : max(rescue.judged.loss.mean, 0.02)
      let gain = rescue.judged.gain.mean
      let text = Numbers.fixed(100 * gain, 1)
      table.append([
        .text(isClean ? "no attack" : rescue.attack),
        .text(isClean ? "cost" : rescue.level.description), .text(rescue.defense), .number(gain),
        // Cut to −1…1.
        .number(max(-1, min(1, gain / scale))), .text(rescue.verdict.rawValue),
        .text(gain > 0 && Double(text) != 0 ? "+" + text : text),
        .text([Rescue.Verdict.works, .helps, .harms].contains(rescue.verdict) ? "yes" : "no"),
      ])
    }
    guard !table.isEmpty else { return nil }
    let words = { (column: Int) in table.rows.map { table.columns[0].plain($0[column]) }.distinct }
    let (attacks, levels) = (words(0), words(1))
    let attack = Chart.Channel.word(
      "attack", .none, attacks,
      axis: Chart.Channel.Guide(labelAngle: -30, labelLimit: 120, orient: "top"))
    let share = Chart.Channel.number(
      "share", "loss given back", legend: Chart.Theme.percent,
      // Of what is given back more is better.
      scale: Chart.Ramp(Chart.Theme.loss.colors.reversed().map(\.text)).scale(-1, 1))
    let label = { (isSure: String) in
      Chart.View(
        .text(size: 9, bold: isSure == "yes"), [.text: .end("label")],
        where: "datum.is_sure == '\(isSure)'")
    }
    let view = Chart.View(
      [Chart.View(.field, [.color: share]), label("yes"), label("no")],
      [.x: attack, .y: .word("defense", .none, words(2))], data: table, width: .step(48),
      height: .step(18))
    // Many attacks are as wide as a page.
    let isTall = attacks.count > 8
    let panel = Chart.Channel.word("level", .none, levels)
    return Figure(
      "mitigation",
      "\(title): colour is the share of the loss that comes back, numbers are points of accuracy, "
        + "or of the success of a targeted attack, bold where a verdict is sure. Without an attack there is no "
        + "loss: the deepest colour is 10 points there.",
      table.keeping(["attack", "level", "defense", "gain", "share", "verdict"]),
      Chart(
        title, view,
        facet: Chart.Facet(
          row: isTall ? panel : nil, column: isTall ? nil : panel,
          independent: isTall ? nil : "x")))
  }
}
