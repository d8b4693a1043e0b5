import Analyses
import Datasets
import Models
import Poisoning
package import Reporting
package import Store
package import Sweeps

/// What is known of a study when it is published: its store and, where the data are at hand, itself.
package struct StudyContent {
  let reading: StoreReading
  let study: Study?
  /// What is to say of it, but for curves.
  private let report: ExperimentReport
  /// What curves say; nil for another study.
  let curves: CurveReport?

  /// Reads the sums of a store.
  package init(_ store: SweepStore, _ study: Study?) throws(StoreError) {
    reading = try StoreReading(store)
    self.study = study
    report = try ExperimentReport(reading, dataset: study?.dataset)
    curves = try CurveReport(reading, dataset: study?.dataset)
  }

  var facts: StudyFacts { report.facts }

  /// What the command that ran the study showed.
  var answer: Answer { curves?.page ?? report.answer }

  /// The charts.
  package var figures: [Figure] { curves?.page.figures ?? report.trackedFigures }

  /// The claims table, where the course's claims are about this study.
  var claims: ClaimsTable? { curves == nil ? report.claims : nil }

  var cells: [CellSummary] { report.cells }

  /// The cells that are shown beside each other: of curves those at the rows that answers are about.
  var mainCells: [CellSummary] {
    guard let rows = curves?.rows else { return cells }
    return cells.filter { $0.rows == rows }
  }

  /// A cell in the study; nil where the data are not at hand.
  func cellIndex(_ cell: Int) -> CellIndex? {
    study.flatMap { store.cells(in: $0)[reading.places[cell]] }
  }

  var seedCount: Int { report.seedCount }

  var store: SweepStore { reading.store }

  var plan: StoredPlan { store.plan }

  /// The attacks in their order; `none` is no attack.
  var attackNames: [String] { cells.map(\.attackName).distinct.filter { $0 != "none" } }

  /// The defences in their order; `none` is no defence.
  var defenseNames: [String] { cells.map(\.defenseName).distinct.filter { $0 != "none" } }

  /// The levels, ascending.
  var levels: [Double] { Set(cells.map(\.level.share)).sorted() }

  /// The levels as steps of metrics: percent where they are whole, else hundredths of a percent.
  func step(_ share: Double) -> Int {
    let isWhole = levels.allSatisfy { ($0 * 100 - ($0 * 100).rounded()).magnitude < 1e-9 }
    return Int((share * (isWhole ? 100 : 10_000)).rounded())
  }

  /// The curve of one attack, and of no attack, for all models, without defences.
  func curve(of attack: String) -> [CellSummary] {
    mainCells.filter {
      $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
    }
  }
}
