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
  /// What is to say of it.
  package let report: ExperimentReport

  /// Reads the sums of a store.
  ///
  /// - Throws: `StoreError`.
  package init(_ store: SweepStore, _ study: Study?) throws(StoreError) {
    reading = try StoreReading(store)
    self.study = study
    report = try ExperimentReport(reading, dataset: study?.dataset)
  }

  var cells: [CellSummary] { report.cells }

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

  /// The models in their order.
  var modelNames: [String] { cells.map(\.modelName).distinct }

  /// The levels, ascending.
  var levels: [Double] { Set(cells.map(\.level.share)).sorted() }

  /// The levels as steps of metrics: percent where they are whole, else hundredths of a percent.
  func step(_ share: Double) -> Int {
    let isWhole = levels.allSatisfy { ($0 * 100 - ($0 * 100).rounded()).magnitude < 1e-9 }
    return Int((share * (isWhole ? 100 : 10_000)).rounded())
  }

  /// The curve of one attack, and of no attack, for all models, without defences.
  func curve(of attack: String) -> [CellSummary] {
    cells.filter {
      $0.defenseName == "none" && ($0.attackName == attack || $0.level == .clean)
    }
  }
}
