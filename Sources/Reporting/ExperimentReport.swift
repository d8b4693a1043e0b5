import Datasets
import Models
import Poisoning
import Statistics
public import Sweeps

/// The outcome of a study as text, for people.
public struct ExperimentReport: Sendable {
  private let study: Study
  private let cells: [CellSummary]
  private let seedCount: Int
  private let tournament: Tournament?
  private let mitigation: Mitigation?

  /// The report of a study that was run over `seedCount` seeds; that of the tournament, or of the
  /// defences, where it was about those.
  public init(
    _ study: Study, cells: [CellSummary], seedCount: Int, tournament: Tournament? = nil,
    mitigation: Mitigation? = nil
  ) {
    self.study = study
    self.cells = cells
    self.seedCount = seedCount
    self.tournament = tournament
    self.mitigation = mitigation
  }

  private var models: [String] { study.models.map(\.model) }

  /// The cells of the first attack of the study and of no attack: the dose-response table.
  private var mainCells: [CellSummary] {
    let main = study.conditions.first { $0.level != .clean }?.attackName
    return cells.filter {
      $0.defenseName == "none" && ($0.level == .clean || $0.attackName == main)
    }
  }

  /// All sections, ready to print.
  public var lines: [String] {
    if let mitigation {
      return heading + MitigationReport(study, cells: cells, mitigation).lines
    }
    if let tournament {
      return heading + TournamentReport(study, cells: cells, tournament).lines
    }
    var lines = heading + [""] + accuracyLines + [""] + intervalNote
    if let aims = AimTable(mainCells) {
      lines += ["", "What the attack wanted, in % or points", ""] + aims.lines + [""]
      lines += AimTable.notes
    }
    lines +=
      ["", "Mean confusion matrices (rows: true class, columns: predicted)"] + confusionLines
    if let table = collapseTable {
      let highest = cells.map(\.level).max() ?? .clean
      lines += [
        "", "Which attack collapses accuracy at \(highest)? Accuracy in %, 95 % interval", "",
      ]
      lines += table.lines
      lines += ["--attacks all shows every attack of the catalogue, at all levels."]
    }
    if let claims {
      lines += ["", "The study's claims against the measurement, in % of rows or points", ""]
      lines += claims.lines
    }
    return lines
  }

  /// The claims table, where the study's claims are about this experiment.
  public var claims: ClaimsTable? {
    // Any file may be called iris.csv; the claims speak of these classes, in this order.
    let species = ["setosa", "versicolor", "virginica"]
    let classNames = study.dataset.classNames
    let isTheStudys =
      study.dataset.name == "iris" && classNames.count == species.count
      && zip(classNames, species).allSatisfy { $0.hasSuffix($1) }
      && study.conditions.contains { $0.attackName == UniformNoise().name }
    return isTheStudys ? ClaimsTable(cells: cells, models: models) : nil
  }

  /// The table of attacks at the highest level, where there is more than one.
  public var collapseTable: CollapseTable? {
    let names = Set(cells.filter { $0.level != .clean }.map(\.attackName))
    return names.count > 1
      ? CollapseTable(cells: cells, models: models, classCount: study.dataset.classCount) : nil
  }

  /// Accuracy against level, and confusion matrices by level and model, where they can be read.
  public var charts: [StudyChart] {
    if let mitigation {
      let chart = MitigationChart(
        mitigation.rescues(cells), title: "\(study.dataset.name): what defences give back")
      return [StudyChart(name: "mitigation", specification: chart.specification)]
    }
    if let tournament {
      let cells = tournament.standings(cells).filter { !$0.isTargeted }.flatMap(\.cells)
      return [StudyChart.tournament(cells, datasetName: study.dataset.name)]
    }
    return StudyChart.all(
      mainCells, datasetName: study.dataset.name, classNames: study.dataset.classNames)
  }

  private var heading: [String] {
    let data = study.dataset
    return [
      "\(data.name): \(Numbers.grouped(data.sampleCount)) rows × \(data.featureCount) features, "
        + "\(data.classCount) classes; \(study.trainingCount) rows train, "
        + "\(study.validationCount) clean rows validate",
      "\(attackText); scaler \(study.scaler.rawValue)"
        + (study.scaler == .none ? "" : " fitted on \(study.scalerPolicy.rawValue) rows")
        + "; \(Numbers.grouped(seedCount)) seeds",
    ]
  }

  private var attackText: String {
    let attacks = study.conditions.filter { $0.level != .clean }
    if mitigation != nil {
      let defenses = Set(study.conditions.map(\.defenseName)).count - 1
      let names = Set(attacks.map(\.attackName)).count
      return "\(names) \(names == 1 ? "attack" : "attacks") against \(defenses) "
        + (defenses == 1 ? "defence" : "defences")
    }
    guard tournament != nil else { return "attack \(attacks.first?.attackName ?? "none")" }
    let makers = Set(attacks.map(\.attack.maker.specification))
    return "\(makers.count) \(makers.count == 1 ? "attack" : "attacks")"
  }

  private var accuracyLines: [String] {
    var table = TextTable([
      ("poison", .right), ("model", .left), ("accuracy ± sd", .right), ("95 % interval", .right),
      ("macro-F1", .right), ("drop from 0 %", .right), ("95 % interval", .right),
    ])
    for (index, cell) in mainCells.enumerated() {
      if index > 0, index % models.count == 0 { table.appendGap() }
      let isClean = cell.level == .clean
      let hasDrop = !isClean && cell.accuracyDrop.count > 0
      table.append([
        cell.level.description, cell.model,
        Numbers.percent(cell.accuracy.mean)
          + (cell.accuracy.standardDeviation.map { " ± \(Numbers.percent($0))" } ?? ""),
        Numbers.percent(cell.accuracy.interval()), Numbers.percent(cell.macroF1.mean),
        hasDrop ? Numbers.percent(cell.accuracyDrop.mean) : "",
        hasDrop ? Numbers.percent(cell.accuracyDrop.interval()) : "",
      ])
    }
    return table.lines
  }

  private var intervalNote: [String] {
    guard
      let cell = mainCells.first, let narrow = cell.accuracy.interval(),
      let wide = cell.accuracy.populationInterval(
        validationCount: study.validationCount, trainingCount: study.trainingCount)
    else { return ["One seed has no interval; ask for more with --seeds."] }
    var lines = [
      "All in %. Drops are paired by seed. Intervals are of the mean over splits of these rows; for",
      "new rows from the same source they are wider: \(Numbers.percent(wide)) instead of "
        + "\(Numbers.percent(narrow)) in the first line.",
    ]
    let unconverged = cells.reduce(0) { $0 + $1.unconvergedCount }
    if unconverged > 0 {
      lines.append(
        "\(Numbers.grouped(unconverged)) fits did not end at an optimum; seeds.csv says which.")
    }
    return lines
  }

  /// One row of matrices a level, one matrix a model.
  private var confusionLines: [String] {
    let k = study.dataset.classCount
    guard k <= 10 else { return ["", "left out for more than 10 classes; see confusion.csv"] }
    let width = study.dataset.classNames.map(\.count).max() ?? 0
    var lines: [String] = []
    for start in stride(from: 0, to: mainCells.count, by: models.count) {
      let row = Array(mainCells[start..<start + models.count])
      let blocks = row.map { cell in
        (0..<k).map { truth in
          (0..<k).map { predicted in
            let mean =
              Double(cell.confusion[truth, predicted]) / Double(max(cell.accuracy.count, 1))
            return Self.padded(Numbers.fixed(mean, 1), to: 5)
          }.joined(separator: " ")
        }
      }
      let blockWidth = 6 * k - 1
      lines.append("")
      lines.append(
        Self.padded(row[0].level.description, to: width) + "   "
          + row.map { cell in
            let name = cell.model
            return name + String(repeating: " ", count: max(0, blockWidth - name.count))
          }.joined(separator: "   "))
      for truth in 0..<k {
        let name = study.dataset.classNames[truth]
        lines.append(
          Self.padded(name, to: width) + "   "
            + blocks.map { $0[truth] }.joined(separator: "   "))
      }
    }
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
