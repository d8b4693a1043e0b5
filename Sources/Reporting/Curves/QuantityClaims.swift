import Analyses
import Defenses
import Poisoning
import Statistics
import Sweeps

/// What the course claims of quantity against quality, and what was measured.
///
/// It says how much more clean data keeps the accuracy; that is read as R, the clean rows to be added for
/// the accuracy of as many clean rows, as a share of the rows there are.
struct QuantityClaims {
  /// A claim and its outcome for one attack and model.
  struct Row: Encodable {
    let level: PoisonLevel
    /// The claim, in the study's words.
    let claim: String
    let attack: String
    let model: String
    /// R.
    let factor: Estimate
    /// The largest R that was measured.
    let reach: Double
    /// What that says of the claim, with the side on which it is wrong.
    let verdict: String
    /// The p-value of the verdict after Holm's correction for all rows of the table.
    let adjustedP: Double

    private enum CodingKeys: String, CodingKey {
      case level, claim, attack, model, verdict, adjustedP
      case factor = "recoveryFactor"
    }

    /// The verdict, with a star where it stands beside all others.
    var starred: String {
      verdict != ClaimOutcome.undecided.rawValue && adjustedP <= 0.05 ? verdict + " *" : verdict
    }
  }

  /// All claims whose level was measured.
  let rows: [Row]

  private struct Claim {
    let share: Double
    let statement: String
    let range: Interval
  }

  private static let claims = [
    Claim(share: 0.05, statement: "about 10 % more", range: Interval(from: 0.05, to: 0.15)),
    Claim(share: 0.10, statement: "30-50 % more", range: Interval(from: 0.3, to: 0.5)),
    Claim(share: 0.50, statement: "3-5 × the data", range: Interval(from: 2, to: 4)),
  ]

  /// Judges the claims by answers without a defence.
  init(_ answers: [PoisonAnswer]) {
    let judged = Self.claims.flatMap { claim in
      answers.filter { $0.level.share == claim.share && $0.defense == "none" }
        .compactMap { answer in answer.factor().map { (claim, answer, $0) } }
    }
    let adjusted = Holm.adjusted(judged.map { $0.2.pValue(deciding: $0.0.range) })
    rows = zip(judged, adjusted).map { judged, p in
      let (claim, answer, factor) = judged
      let outcome = ClaimOutcome(factor.interval, isInside: claim.range)
      let side = factor.value < claim.range.lower ? ": less" : ": more"
      return Row(
        level: answer.level, claim: claim.statement, attack: answer.attack, model: answer.model,
        factor: factor, reach: answer.reach,
        verdict: outcome.rawValue + (outcome == .fails ? side : ""), adjustedP: p)
    }
  }

  /// The claims with what was measured; nil where none was.
  var section: Answer.Section? {
    var table = Table([
      .level, .text("the course claims"), .text("attack"), .text("model"), .percent("R"),
      .text("verdict"),
    ])
    for level in Set(rows.map(\.level)).sorted() {
      table.startGroup()
      for row in rows where row.level == level {
        table.append([
          .level(level), .text(row.claim), .text(row.attack), .text(row.model),
          .estimate(row.factor, label: CurveText.factor(row.factor, reach: row.reach)),
          .text(row.starred),
        ])
      }
    }
    table.notes = [
      "R: clean rows to add until accuracy is what as many rows without poison give, as % of those "
        + "rows; 95 % interval by resampling seeds. Read as: 5…15 %, 30…50 %, 200…400 % (3-5 × in "
        + "all). A claim holds where the interval is inside, is false where it is outside, and else "
        + "undecided; verdicts with a * stand together, by Holm's correction for all of the table."
    ]
    return Answer.Section(
      "How much more clean data: what the course claims, and what was measured", table)
  }
}
