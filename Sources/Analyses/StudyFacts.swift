package import Datasets
import Models
import Poisoning
import Statistics
package import Store
package import Sweeps

/// What analyses need to know of a study, from the study itself or from its store.
@dynamicMemberLookup
package struct StudyFacts: Sendable {
  /// What a store says of it: its names and counts, which are those of the facts, too.
  package let plan: StoredPlan

  /// Rows and features of the data, without those of a file to validate on; nil where they are not at hand.
  package let shape: (rows: Int, features: Int)?

  /// The attacks, each once.
  package let attacks: [StoredAttack]

  /// The cells: conditions outermost, models innermost.
  package let cells: [StudyCell]

  /// Number of models.
  package let modelCount: Int

  /// The facts of a study whose seeds begin with `firstSeed`.
  package init(_ study: Study, firstSeed: UInt32 = 0) {
    plan = StoredPlan(study, firstSeed: firstSeed, program: "", version: "")
    shape = Self.shape(study.dataset, plan)
    (attacks, cells, modelCount) = (study.storedAttacks, study.storedCells, study.models.count)
  }

  /// The facts that a store has about the cells that were wanted, and those of its data where they are at hand.
  package init(_ reading: StoreReading, dataset: Dataset? = nil) {
    let plan = reading.store.plan
    self.plan = plan
    shape = dataset.map { Self.shape($0, plan) }
    cells = reading.cells
    let names = Set(cells.map(\.attackName))
    attacks = reading.store.attacks.filter { names.contains($0.name) }
    modelCount = max(1, Set(cells.map { "\($0.model):\($0.parameters)" }).count)
  }

  /// The data set of a study ends with the rows of the file that it is judged on, that of a file does not.
  private static func shape(_ dataset: Dataset, _ plan: StoredPlan) -> (rows: Int, features: Int) {
    let judged = dataset.digest == plan.datasetDigest ? 0 : plan.study?.validation?.rows ?? 0
    return (dataset.sampleCount - judged, dataset.featureCount)
  }

  /// What a store says of it.
  package subscript<Value>(dynamicMember part: KeyPath<StoredPlan, Value>) -> Value {
    plan[keyPath: part]
  }

  /// Number of classes.
  package var classCount: Int { plan.classNames.count }

  /// The models as they can be asked for, in their order.
  package var modelNames: [String] { cells.prefix(modelCount).map(\.modelName) }

  /// Indices of conditions.
  package var conditions: Range<Int> { 0..<cells.count / modelCount }

  /// The attack, level, rows and defence of a condition.
  package func condition(_ index: Int) -> StudyCell { cells[index * modelCount] }

  /// What is known of the attack of a condition; nil where there is none.
  package func attack(_ condition: StudyCell) -> StoredAttack? {
    condition.level == .clean ? nil : attacks.first { $0.name == condition.attackName }
  }

  /// Number of rows a condition poisons.
  package func poisonedCount(_ condition: StudyCell) -> Int {
    guard let attack = attack(condition) else { return 0 }
    return (try? attack.flow.rowCount(condition.level, of: condition.rows.attacked)) ?? 0
  }

  /// Whether the data are those that the claims of the course are about: Iris, by its name, its classes in
  /// their order and, where they are at hand, its features.
  ///
  /// Any file may be called iris.csv.
  package var isIris: Bool {
    let species = ["setosa", "versicolor", "virginica"]
    return plan.datasetName == "iris" && classCount == species.count
      && zip(plan.classNames, species).allSatisfy { $0.hasSuffix($1) }
      && shape.map { $0.features == 4 } ?? true
  }

  /// The attacks that are no control: that do not just delete what another one replaces.
  package var contestants: [StoredAttack] {
    let replaced = Set(attacks.filter { $0.flow == .replace }.map { $0.maker })
    return attacks.filter { $0.flow != .delete || !replaced.contains($0.maker) }
  }

  /// The cells of an attack and of no attack, without defences.
  package func curve(_ attack: StoredAttack?, of cells: [CellSummary]) -> [CellSummary] {
    cells.filter {
      $0.defenseName == "none" && ($0.level == .clean || $0.attackName == attack?.name)
    }
  }

  /// Whether the mean accuracy of a cell is no better than guessing, within the margin.
  package func hasCollapsed(_ cell: CellSummary) -> Bool {
    cell.accuracy.mean <= cell.collapseLimit
  }
}

extension CellSummary {
  /// How near to guessing a collapse ends.
  package static let collapseMargin = 0.05

  /// The mean accuracy below which a model has collapsed: always saying the commonest class, and a margin,
  /// but no more than a tenth of what is left to gain.
  package var collapseLimit: Double {
    let guessing = confusion.guessing
    return guessing + min(Self.collapseMargin, (1 - guessing) / 10)
  }
}

extension [CellSummary] {
  /// The validation rows of each class over all seeds of one cell, which are alike in all; none without seeds.
  package var rowCounts: [Int] { first { $0.confusion.total > 0 }?.confusion.rowCounts ?? [] }

  /// Whether one class has more than twice the validation rows of another, so that accuracy says little of that.
  package var areUnequal: Bool {
    let counts = rowCounts
    return (counts.min() ?? 0) * 2 < counts.max() ?? 0
  }
}
