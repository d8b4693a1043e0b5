import Datasets
public import Sweeps

/// Quantity against quality as text, for people.
public struct CurveReport: Sendable {
  private let surface: AccuracySurface
  private let answers: [PoisonAnswer]
  private let prices: Prices?
  private let populationFactor: Double?

  /// The report of a surface.
  ///
  /// `populationFactor` is how much wider intervals are for other rows from the same source, where all
  /// seeds split the same ones; nil where every seed has its own.
  public init(
    _ surface: AccuracySurface, _ answers: [PoisonAnswer], prices: Prices? = nil,
    populationFactor: Double? = nil
  ) {
    (self.surface, self.answers, self.prices) = (surface, answers, prices)
    self.populationFactor = populationFactor
  }

  /// All sections.
  ///
  /// `showsClaims` says whether the data are those the study's claims are about.
  public func lines(showsClaims: Bool) -> [String] {
    (showsClaims ? claims : []) + losses + recovery + defences + probes + jointly + foreseen
      + costs + uncertainty + sentences
  }

  private var claims: [String] {
    let claims = QuantityClaims(answers)
    guard !claims.rows.isEmpty else { return [] }
    return ["", "How much more clean data: what the study claims, and what was measured", ""]
      + claims.lines + [""] + QuantityClaims.reading
  }

  private var undefended: [PoisonAnswer] { answers.filter { $0.defense == "none" } }

  private var losses: [String] {
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("accuracy", .right),
      ("lost", .right), ("by lost rows", .right), ("by active harm", .right),
    ])
    for answer in undefended {
      table.append([
        answer.attack, "\(answer.level)", answer.model, Numbers.percent(answer.accuracy.value),
        CurveText.points(answer.loss), CurveText.points(answer.lostRows),
        CurveText.points(answer.harm),
      ])
    }
    let clean = surface.models.compactMap { model in
      answers.first { $0.model == model }.map {
        "\(model) \(Numbers.percent($0.cleanAccuracy.value))"
      }
    }
    return [
      "", "What poison costs at \(Numbers.grouped(surface.base)) rows, in points of accuracy", "",
      "without poison: \(clean.joined(separator: ", "))", "",
    ] + table.lines
  }

  private var recovery: [String] {
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("R", .right),
      ("R to within 1 point", .right), ("surely back", .right), ("clean for 1 poisoned", .right),
      ("worth", .right),
      ("γ", .right),
    ])
    for answer in undefended {
      table.append([
        answer.attack, "\(answer.level)", answer.model,
        answer.factor().map { CurveText.factor($0, reach: answer.reach) } ?? "–",
        answer.factor(0.01).map { CurveText.factor($0, reach: answer.reach) } ?? "–",
        CurveText.recovered(answer),
        CurveText.number(answer.exchangeRate, decimals: 1),
        CurveText.number(answer.effectiveRows, decimals: 0, least: Double(answer.smallestSize)),
        CurveText.number(answer.dilution, decimals: 1),
      ])
    }
    let falling = answers.filter { !$0.isRising }
    return [
      "", "What more clean rows give back", "",
    ] + table.lines + [
      "",
      "R: clean rows to add for the accuracy without poison, as % of the rows there are.",
      "surely back: the fewest of the sizes at which no more than 1 point is lost, tests from the largest down",
      "at 5 %; clean for 1 poisoned: clean rows that make up for one poisoned row, R/p − 1.",
      "worth: the number of clean rows that give as much accuracy; γ = ln(worth/n)/ln(1 − p), 1 where",
      "poison is as bad as no rows, more where it is worse. ∞ and < are beyond the sizes measured.",
    ]
      + (falling.isEmpty
        ? []
        : [
          "Not rising everywhere, so not smoothed: "
            + falling.map { "\($0.attack) \($0.level) \($0.model)" }.joined(separator: "; ") + "."
        ])
  }

  private var defences: [String] {
    let defended = answers.filter { $0.defense != "none" }
    guard !defended.isEmpty else { return [] }
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("defence", .left),
      ("gives back", .right), ("back to 1 point", .left), ("R with it", .right),
    ])
    for answer in defended {
      table.append([
        answer.attack, "\(answer.level)", answer.model, answer.defense,
        CurveText.points(answer.gain), CurveText.equivalence(answer),
        answer.factor().map { CurveText.factor($0, reach: answer.reach) } ?? "–",
      ])
    }
    return ["", "What a defence changes", ""] + table.lines + [
      "",
      "back to 1 point: whether accuracy is that of clean data to one point, by two one-sided tests at 5 %.",
    ]
  }

  private var probes: [String] {
    let probed = undefended.compactMap { answer in
      answer.probe.map { (answer, $0) }
    }
    guard let rows = probed.first?.1.rows else { return [] }
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left),
      ("lost at \(Numbers.grouped(surface.base))", .right),
      ("lost at \(Numbers.grouped(rows))", .right), ("falls as n^−", .right),
      ("more of the same", .left),
    ])
    for (answer, probe) in probed {
      table.append([
        answer.attack, "\(answer.level)", answer.model, CurveText.points(answer.loss),
        CurveText.points(probe.loss), CurveText.number(answer.decay, decimals: 2),
        Self.words(answer.cause),
      ])
    }
    return ["", "Bias or variance: would more rows, poisoned alike, do", ""] + table.lines
      + ["", "Slower than n^−0.25, 16 times the rows would not halve the loss: it is called bias."]
  }

  /// One curve for all sizes and levels of each attack and model.
  private var jointly: [String] {
    guard let table = FittedTable.joint(surface.jointCurves) else { return [] }
    return ["", "One curve for all sizes and levels, fitted", ""] + table.lines + [""]
      + FittedTable.readingJoint
  }

  /// Curves through sizes without poison, and what curves say beyond the sizes that were measured.
  private var foreseen: [String] {
    guard let learning = FittedTable.learning(surface.learningCurves) else { return [] }
    var lines = ["", "Learning curves without poison, fitted", ""] + learning.lines
    if let beyond = FittedTable.foreseen(answers.compactMap(surface.foresight)) {
      lines += ["", "Beyond the largest size: extrapolated, not measured", ""] + beyond.lines
    }
    return lines + [""] + FittedTable.readingLearning
  }

  /// What a cause means for those who could collect more rows.
  static func words(_ cause: PoisonAnswer.Cause?) -> String {
    switch cause {
    case .variance: "helps (variance)"
    case .bias: "does not help (bias)"
    case .open: "open"
    case nil: "little lost"
    }
  }

  private var costs: [String] {
    guard let prices else { return [] }
    var table = TextTable([
      ("attack", .left), ("poison", .right), ("model", .left), ("what to do", .left),
      ("cost", .right),
    ])
    for group in undefended {
      let offers = Offer.all(for: group, among: answers, prices)
      for (index, offer) in offers.enumerated() {
        table.append([
          index == 0 ? group.attack : "", index == 0 ? "\(group.level)" : "",
          index == 0 ? group.model : "", offer.action, offer.costText,
        ])
      }
    }
    return ["", "What it costs to be where clean data would be, cheapest first", ""] + table.lines
  }

  private var uncertainty: [String] {
    let text =
      populationFactor.map { factor in
        "Intervals are 95 %, by resampling \(surface.seedCount) seeds: they say what more seeds on "
          + "these rows would give. For other rows from the same source they are about "
          + "\(Numbers.fixed(factor, 1)) times as wide (Nadeau and Bengio), whatever the number of seeds."
      }
      ?? "Intervals are 95 %, by resampling \(surface.seedCount) seeds. Every seed has rows of its own, so "
      + "they hold for the generator, and for the world as far as that is like it."
    return ["", "How sure that is", ""] + text.wrapped(to: 98)
  }

  private var sentences: [String] {
    guard let answer = CurveAnswer(answers, prices: prices) else { return [] }
    return ["", "In three sentences", ""]
      + answer.sentences.flatMap { $0.wrapped(to: 98) }
  }
}
