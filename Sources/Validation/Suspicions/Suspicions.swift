public import Datasets
import Documents

/// What makes accuracy on a table doubtful, the most important first, one suspicion of each kind at most.
///
/// No model is fitted: columns are looked at one by one, rows by their place and by what they are equal to.
public struct Suspicions: Sendable {
  /// What was found.
  public private(set) var all: [Suspicion] = []

  /// Of a class with fewer validation rows nothing can be said: of two, each is 50 points.
  private static let leastJudged = 3

  /// The share of validation rows with a twin among the training rows that is worth a word.
  private static let twinShare = 0.02

  private let table: SuspectTable
  private let judging: Judging
  private let counts: [Int]

  /// Looks at a data set that comes from a file with the columns `columnNames`, those left out too.
  ///
  /// - Complexity: O(n·d), and O(n log n) for each column that tells the classes or has a value far out.
  public init(of dataset: Dataset, columnNames: [String] = [], judging: Judging = .unknown) {
    let names = columnNames.isEmpty ? dataset.featureNames : columnNames
    self.init(SuspectTable(dataset), columnNames: names, judging)
  }

  /// Looks at the cells of a file with the columns `columnNames`, whose classes are in the column `target`.
  package init(
    of table: CSVTable, columnNames: [String] = [], target: Int?, judging: Judging = .unknown
  ) {
    let names = columnNames.isEmpty ? table.names : columnNames
    self.init(SuspectTable(table, target: target), columnNames: names, judging)
  }

  private init(_ table: SuspectTable, columnNames: [String], _ judging: Judging) {
    (self.table, self.judging, counts) = (table, judging, table.classCounts)
    let marks = PoisonMarks.found(among: columnNames)
    if !marks.isEmpty { add(marks: marks) }
    addColumns(butOf: Set(marks))
    addTwins()
    addClassNames()
    addSmallClasses()
    let order = Suspicion.Kind.allCases
    all.sort { (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0) }
  }

  private mutating func add(marks: [String]) {
    all.append(
      Suspicion(
        .markedPoison, marks,
        "\(Self.list(marks)) are the columns in which `runner attack` marks poison: rows of the file "
          + "are poisoned, those that models are judged on too",
        leaveOut: marks.filter(table.names.contains)))
  }

  // MARK: - Columns

  /// What columns are suspected of.
  private struct ColumnFindings {
    var numbers: [String] = []
    var orderedNumbers: [String] = []
    var followers: [String] = []
    var telling: [String] = []
    var mostErrors = 0
    var lost: [(name: String, value: Double, rows: Int)] = []
    var constant: [String] = []
    var nearlyConstant: [String] = []
  }

  private mutating func addColumns(butOf marks: Set<String>) {
    let order = RowOrder(table.labels, classCounts: counts)
    var found = ColumnFindings()
    table.forEachColumn { column in
      guard !marks.contains(column.name) else { return }
      look(at: column, order, &found)
    }
    add(numbers: found, order)
    add(followers: found.followers, order)
    add(telling: found)
    add(lost: found.lost)
    add(constant: found.constant, nearly: found.nearlyConstant)
  }

  private func look(
    at column: SuspectTable.Column, _ order: RowOrder, _ found: inout ColumnFindings
  ) {
    if let common = CommonValue(column) {
      if common.otherCount == 0 {
        if table.rowCount > 1 { found.constant.append(column.name) }
        return
      }
      if common.isAllButAHandful(of: table.rowCount) { found.nearlyConstant.append(column.name) }
    }
    if let number = RowNumber(column) {
      if number.isInOrder { found.orderedNumbers.append(column.name) }
      return found.numbers.append(column.name)
    }
    if order.isTelling, RowOrder.isFollowed(by: column) {
      return found.followers.append(column.name)
    }
    if let telling = TellingColumn(
      column, labels: table.labels, classCounts: counts, columnCount: table.names.count)
    {
      found.telling.append(column.name)
      found.mostErrors = max(found.mostErrors, telling.errorCount)
    }
    guard !column.isCoded else { return }
    let present = column.values.filter { !$0.isNaN }
    for value in LostValue.lost(present) {
      found.lost.append((column.name, value, present.count { $0 == value }))
    }
  }

  private mutating func add(numbers found: ColumnFindings, _ order: RowOrder) {
    let names = found.numbers
    guard !names.isEmpty else { return }
    let isOrdered = names == found.orderedNumbers
    let (verb, noun) =
      names.count == 1 ? ("has", "as a row number has") : ("have", "as row numbers have")
    var text =
      "\(Self.list(names)) \(verb) another whole number in each row"
      + (isOrdered ? ", in order, \(noun)" : ", \(noun)")
    if order.isTelling, !found.orderedNumbers.isEmpty { text += ", and " + Self.words(order) }
    all.append(Suspicion(.rowNumber, names, text, leaveOut: names))
  }

  private mutating func add(followers names: [String], _ order: RowOrder) {
    guard !names.isEmpty else { return }
    all.append(
      Suspicion(
        .order, names,
        "rows are in the order of \(Self.list(names)), and \(Self.words(order)): models may learn when "
          + "a row was taken, not what it is", leaveOut: names))
  }

  /// How the classes depend on the order.
  private static func words(_ order: RowOrder) -> String {
    "the place of a row tells its class (\(order.runCount) runs of one class where "
      + "\(Int(order.expectedRunCount.rounded())) are to be expected)"
  }

  private mutating func add(telling found: ColumnFindings) {
    let (names, target) = (found.telling, table.targetName.shownInTable)
    guard !names.isEmpty else { return }
    let share = 1 - Double(found.mostErrors) / Double(table.rowCount)
    let rows = found.mostErrors == 0 ? "all rows" : "\(CheckWords.percent(share)) of the rows"
    all.append(
      Suspicion(
        .tellingColumn, names,
        names.count == 1
          ? "\(Self.list(names)) alone tells \(target) in \(rows): is it known before \(target) is?"
          : "\(Self.list(names)) each tell \(target) alone in \(rows)"
            + (found.mostErrors == 0 ? "" : " at least")
            + ": are they known before \(target) is?", leaveOut: names))
  }

  private mutating func add(lost values: [(name: String, value: Double, rows: Int)]) {
    guard !values.isEmpty else { return }
    let shown = values.map {
      "\(CheckWords.number($0.value)) in \($0.name.shownInTable) (\($0.rows) rows)"
    }
    all.append(
      Suspicion(
        .lostValues, values.map(\.name),
        "\(Self.joined(shown)) may stand for a value that is not known: "
          + (values.count == 1 ? "it lies" : "they lie") + " far from all others"))
  }

  private mutating func add(constant: [String], nearly: [String]) {
    if !constant.isEmpty {
      all.append(
        Suspicion(
          .constant, constant,
          "\(Self.list(constant)) \(constant.count == 1 ? "has" : "have") the same value in all rows",
          leaveOut: constant))
    }
    if !nearly.isEmpty {
      all.append(
        Suspicion(
          .nearlyConstant, nearly,
          "\(Self.list(nearly)) \(nearly.count == 1 ? "has" : "have") one value in all but at most "
            + "\(CommonValue.handful) rows, which one side of a split may lack"))
    }
  }

  // MARK: - Rows and classes

  private mutating func addTwins() {
    switch judging {
    case .unknown: break
    case .shares(let validation, _, let groups):
      guard let splitter = splitter(judging) else { return }
      let twins =
        groups == nil
        ? SplitTwins(
          table.equalRows, labels: table.labels, classCounts: counts,
          validation: splitter.validationCounts, trusted: splitter.trustedCounts)
        : SplitTwins(table.equalRows, drawing: splitter)
      let all = splitter.validationCounts.reduce(0, +)
      add(twins: twins.expectedCount, of: all, share: validation)
    case .rows(let rows):
      add(twins: Double(table.countEqual(to: rows)), of: rows.count, share: nil)
    }
  }

  /// What draws the rows that are judged on; nil where they are not shares, or there are no such.
  private func splitter(_ judging: Judging) -> StratifiedSplitter? {
    guard case .shares(let validation, let trusted, let groups) = judging else { return nil }
    return try? StratifiedSplitter(
      labels: table.labels, classNames: table.classNames, groups: groups,
      validationShare: validation, trustedShare: trusted)
  }

  private mutating func add(twins: Double, of count: Int, share: Double?) {
    guard twins >= Self.twinShare * Double(count), twins > 0 else { return }
    let words =
      share == nil ? "\(Int(twins)) are" : "\(CheckWords.fixed(twins, 1)) on average are"
    all.append(
      Suspicion(
        .twins, [],
        "of \(count) validation rows\(Self.words(share: share)) \(words) equal to a training row, label and all: up to "
          + "\(CheckWords.fixed(100 * twins / Double(count), 1)) points of accuracy may be memory"))
  }

  private mutating func addClassNames() {
    let groups = ClassSpelling.groups(table.classNames, counts: counts)
    guard !groups.isEmpty else { return }
    let shown = groups.map { group in
      group.map { table.classNames[$0].quotedExcerpt }.joined(separator: " and ")
    }
    all.append(
      Suspicion(
        .classNames, [],
        "the classes \(Self.joined(shown, and: "; ")) differ only in blanks or case: are they one?")
    )
  }

  private mutating func addSmallClasses() {
    let judged: [Int]
    var drawn: Double?
    switch judging {
    case .unknown: return
    case .shares(let validation, _, _):
      guard let splitter = splitter(judging) else { return }
      (judged, drawn) = (splitter.validationCounts, validation)
    case .rows(let rows):
      judged = rows.labels.reduce(into: [Int](repeating: 0, count: counts.count)) { $0[$1] += 1 }
    }
    let small = counts.indices.filter { counts[$0] > 0 && judged[$0] < Self.leastJudged }
      .sorted { (judged[$0], $0) < (judged[$1], $1) }
    guard !small.isEmpty else { return }
    let shown = small.map { "\(table.classNames[$0].quotedExcerpt) \(judged[$0])" }
    all.append(
      Suspicion(
        .smallClasses, [],
        (small.count == 1 ? "1 class has" : "\(small.count) classes have")
          + " fewer than \(Self.leastJudged) validation rows\(Self.words(share: drawn)) (\(Self.joined(shown, and: ", "))): how well "
          + (small.count == 1 ? "it is" : "they are") + " told cannot be judged"))
  }

  // MARK: - Words

  /// How validation rows are chosen.
  private static func words(share: Double?) -> String {
    share.map { " at a share of \(CheckWords.number($0))" } ?? ""
  }

  /// A few columns, and how many more there are.
  private static func list(_ names: [String]) -> String { joined(names.map(\.shownInTable)) }

  /// A few texts, and how many more there are.
  private static func joined(_ texts: [String], and last: String = " and ") -> String {
    let shown = 3
    guard texts.count > shown else {
      return texts.dropLast().joined(separator: ", ")
        + (texts.count > 1 ? last : "") + (texts.last ?? "")
    }
    return texts.prefix(shown).joined(separator: ", ") + " and \(texts.count - shown) more"
  }
}
