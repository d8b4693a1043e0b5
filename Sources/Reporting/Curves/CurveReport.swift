package import Analyses
package import Datasets
import Statistics
package import Store
package import Sweeps

/// What curves say of quantity against quality.
package struct CurveReport: Sendable {
  private let facts: StudyFacts
  let surface: AccuracySurface
  /// Every answer.
  package let answers: [PoisonAnswer]
  private let prices: Prices?

  /// The report of a surface.
  package init(
    _ facts: StudyFacts, _ surface: AccuracySurface, _ answers: [PoisonAnswer],
    prices: Prices? = nil
  ) {
    (self.facts, self.surface, self.answers, self.prices) = (facts, surface, answers, prices)
  }

  /// The report of a store; nil for a study that is not of curves, or has fewer than two seeds.
  package init?(
    _ reading: StoreReading, dataset: Dataset? = nil, threads: Int = 1
  ) throws(StoreError) {
    guard AccuracySurface.base(of: reading.cells) != nil,
      let surface = AccuracySurface(reading.cells, try reading.counts(), threads: threads)
    else { return nil }
    self.init(StudyFacts(reading, dataset: dataset), surface, surface.answers)
  }

  /// The rows that the answers are about, without added ones.
  package var rows: TrainingRows { TrainingRows(attacked: surface.base) }

  /// All that is to say, as a page has it, but for a ceiling.
  package var page: Answer { Answer(heading: [heading], pageSections(ceiling: nil)) }

  /// All that is to say, the answer in three sentences at its end.
  package var answer: Answer {
    Answer(
      heading: [heading],
      ([claims] + sections + [costs, uncertainty, summary]).compactMap { $0 })
  }

  /// The sections of a page, the answer in three sentences at its beginning and the figures among them;
  /// `ceiling` is the accuracy of the best of all classifiers, where it is known.
  func pageSections(ceiling: Double?) -> [Answer.Section] {
    let figures: [(title: String, figure: Figure?)] = [
      ("Quantity: accuracy as clean rows are added", Figure.curves(surface, ceiling: ceiling)),
      ("Quality: accuracy over rows and poison", Figure.heatMap(surface)),
      ("Recovery factors", Figure.recovery(surface, answers)),
    ]
    let drawn = figures.map { title, figure in
      figure.map { Answer.Section(title, [.figure($0)]) }
    }
    return ([summary, claims] + drawn + sections + [costs, uncertainty]).compactMap { $0 }
  }

  private var heading: String {
    let rows =
      facts.study?.generator.map { name in
        GeneratorChoice(rawValue: name)?.needsData == true
          ? "rows drawn like those of \(facts.datasetName) (\(name))" : "rows of \(name)"
      } ?? "rows of \(facts.datasetName)"
    return "Quantity against quality: \(rows), \(surface.seedCount) seeds, "
      + facts.validationText
  }

  private var sections: [Answer.Section?] {
    [losses, recovery, defences, Answer.Section.privacy(facts), probes] + fitted
  }

  private var claims: Answer.Section? { facts.isIris ? QuantityClaims(answers).section : nil }

  private var undefended: [PoisonAnswer] { answers.filter { $0.defense == "none" } }

  private static let place: [Table.Column] = [.text("attack"), .level, .text("model")]

  private func place(_ answer: PoisonAnswer) -> [Table.Value] {
    [.text(answer.attack), .level(answer.level), .text(answer.model)]
  }

  private var losses: Answer.Section {
    let table = Table(
      Self.place + [
        .percent("accuracy"), .percent("lost"), .percent("by lost rows"),
        .percent("by active harm"),
      ],
      rows: undefended.map { answer in
        place(answer) + [
          .number(answer.accuracy.value), .estimate(answer.loss), .estimate(answer.lostRows),
          .estimate(answer.harm),
        ]
      })
    let clean = surface.models.compactMap { model in
      answers.first { $0.model == model }.map {
        "\(model) \(Numbers.percent($0.cleanAccuracy.value))"
      }
    }
    return Answer.Section(
      "What poison costs at \(Numbers.grouped(surface.base)) rows, in points of accuracy",
      [.text(["without poison: \(clean.joined(separator: ", "))"]), .table(table)])
  }

  private var recovery: Answer.Section? {
    let falling = answers.filter { !$0.isRising }.map { "\($0.attack) \($0.level) \($0.model)" }
    return Answer.Section(
      "What more clean rows give back",
      Table(
        Self.place + [
          .percent("R"), .percent("R to within 1 point"), .percent("surely back", 0),
          .number("clean for 1 poisoned", 1), .number("worth", 0), .number("γ", 1),
        ],
        rows: undefended.map { answer in
          place(answer) + [
            CurveText.value(answer.factor(), answer), CurveText.value(answer.factor(0.01), answer),
            .number(answer.recovered).shown(as: CurveText.recovered(answer)),
            CurveText.value(answer.exchangeRate, 1),
            CurveText.value(answer.effectiveRows, 0, least: Double(answer.smallestSize)),
            CurveText.value(answer.dilution, 1),
          ]
        },
        notes: [
          "R: clean rows to add for the accuracy without poison, as % of the rows there are.",
          "surely back: the fewest of the sizes at which no more than 1 point is lost, tests from the "
            + "largest down at 5 %; clean for 1 poisoned: clean rows that make up for one poisoned row, "
            + "R/p − 1.",
          "worth: the number of clean rows that give as much accuracy; γ = ln(worth/n)/ln(1 − p), 1 where "
            + "poison is as bad as no rows, more where it is worse. ∞ and < are beyond the sizes measured.",
        ]
          + (falling.isEmpty
            ? []
            : [
              "Not rising everywhere, so not smoothed: \(falling.joined(separator: "; "))."
            ])))
  }

  private var defences: Answer.Section? {
    Answer.Section(
      "What a defence changes",
      Table(
        Self.place + [
          .text("defence", key: "defense"), .percent("gives back"), .text("back to 1 point"),
          .percent("R with it"),
        ],
        rows: answers.filter { $0.defense != "none" }.map { answer in
          place(answer) + [
            .text(answer.defense), .estimate(answer.gain), .text(CurveText.equivalence(answer)),
            CurveText.value(answer.factor(), answer),
          ]
        },
        notes: [
          "back to 1 point: whether accuracy is that of clean data to one point, by two one-sided tests "
            + "at 5 %."
        ]))
  }

  private var probes: Answer.Section? {
    let probed = undefended.compactMap { answer in answer.probe.map { (answer, $0) } }
    guard let rows = probed.first?.1.rows else { return nil }
    return Answer.Section(
      "Bias or variance: would more rows, poisoned alike, do",
      Table(
        Self.place + [
          .percent("lost at \(Numbers.grouped(surface.base))"),
          .percent("lost at \(Numbers.grouped(rows))"), .number("falls as n^−"),
          .text("more of the same"),
        ],
        rows: probed.map { answer, probe in
          place(answer) + [
            .estimate(answer.loss), .estimate(probe.loss), CurveText.value(answer.decay, 2),
            .text(CurveText.words(answer.cause)),
          ]
        },
        notes: [
          "Slower than n^−0.25, 16 times the rows would not halve the loss: it is called bias."
        ]))
  }

  private var costs: Answer.Section? {
    guard let prices else { return nil }
    var table = Table(Self.place + [.text("what to do"), .number("cost", 0)])
    for group in undefended {
      table.startGroup()
      for (index, offer) in Offer.all(for: group, among: answers, prices).enumerated() {
        table.append(
          (index == 0 ? place(group) : [.missing, .missing, .missing])
            + [.text(offer.action), .number(offer.cost).shown(as: offer.costText)])
      }
    }
    return Answer.Section("What it costs to be where clean data would be, cheapest first", table)
  }

  private var uncertainty: Answer.Section {
    let factor = RunningMoments.populationFactor(
      seedCount: surface.seedCount, validationCount: facts.validationCount,
      trainingCount: surface.base)
    return Answer.Section(
      "How sure that is",
      [
        .text([
          "Intervals are 95 %, by resampling \(surface.seedCount) seeds"
            + (facts.study?.generator == nil
              ? ": they say what more seeds on these rows would give. For other rows from the same "
                + "source they are up to \(Numbers.fixed(factor, 1)) times as wide (Nadeau and "
                + "Bengio), whatever the number of seeds: about that for accuracies, less for differences."
              : ". Every seed has rows of its own, so they hold for the generator, and for the world "
                + "as far as that is like it.")
        ])
      ])
  }

  private var summary: Answer.Section? {
    let sentences = CurveAnswer.sentences(answers, prices: prices)
    guard !sentences.isEmpty else { return nil }
    return Answer.Section(
      "In three sentences",
      [.summary(sentences)]
        + (answers.contains { $0.defense != "none" }
          ? [] : [.hint(["--defenses names defences to try."])]))
  }
}
