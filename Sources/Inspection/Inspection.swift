public import Defenses
public import Documents
import LinAlg
import Models
import Statistics
public import Validation

/// Which rows of a table look wrong, why, and how sure that is.
public struct Inspection: Sendable {
  /// What is wrong with a row.
  public enum Reason: String, Sendable, Encodable, CaseIterable {
    /// Models and neighbours say another class.
    case label
    /// It lies far from all others of its class.
    case outlier
    /// Another row has the same features and another class.
    case conflict
  }

  /// How many labels are called wrong.
  public enum Selection: Sendable, Equatable {
    /// So many that this share of them is expected to be right, if estimators fit the classes.
    case falseDiscoveryRate(Double)
    /// The most probable ones, whatever that means.
    case count(Int)
  }

  /// A row that looks wrong.
  public struct Finding: Sendable {
    /// Its position, from 0.
    public let row: Int
    /// What is wrong with it.
    public let reasons: [Reason]
    /// How probable it is that the row really is wrong, as far as can be told.
    public let confidence: Double
    /// The class it should have; nil where its label is not called wrong.
    public let suggested: Int?
    /// A row with the same features and another class.
    public let twin: Int?
  }

  /// The rows that look wrong, most certain first.
  public let findings: [Finding]

  /// What rows say of each other's labels.
  public let labels: LabelEvidence

  /// How many labels are called wrong.
  public let selection: Selection

  /// How many labels the false discovery rate allows to call wrong.
  public let provenCount: Int

  /// What share of wrong labels would have been named; nil where that was not tried, or labels cannot be judged.
  public let planted: PlantedLabels?

  /// Whether so few planted labels were named that finding none says little.
  public let isBlind: Bool

  /// Which rows lie far from their class.
  public let outliers: OutlierEvidence

  /// Numbers that stand for "not known"; rows with one are not judged.
  public let lostValues: [LostValue]

  /// Rows whose label cannot be judged, as their class has too few others.
  public let smallClassRows: [Int]

  /// Rows with the features of another row of another class, where these are too many to be named.
  public let expectedConflicts: Int

  /// The share of right labels that is put up with among those called wrong, unless another is asked for.
  ///
  /// The list is there to be looked through: of five rows, one is looked at in vain. A stricter list misses
  /// more wrong labels where classes overlap.
  public static let falseDiscoveryRate = 0.2

  /// The share of planted labels that must have been named for "nothing found" to say something.
  private static let leastPower = 0.5

  /// Where fewer planted labels are named, classes overlap so much that of those named half may be right: so it
  /// was in pima, heart, mammographic and led7digit of KEEL, of whose planted labels 53 to 70 % were named.
  private static let surePower = 0.75

  /// Where more than this share of rows has the features of another row, values are discrete and equal rows
  /// of two classes are what is to be expected.
  private static let sharedLimit = 0.1

  /// Inspects rows that are scaled like those of a model; labels are planted into so many copies.
  ///
  /// `progress` is told what share of the work is done.
  /// - Throws: `SpecificationError` for a C that is not positive.
  public init(
    _ suspects: Suspects, c: Double = 1,
    _ selection: Selection = .falseDiscoveryRate(Self.falseDiscoveryRate),
    copies: Int = PlantedLabels.copyCount, threads: Int, progress: (Double) -> Void = { _ in }
  ) throws(SpecificationError) {
    let regression = try RegressionEstimator.regression(c: c, rowCount: suspects.count)
    self.selection = selection
    lostValues = LostValue.find(in: suspects.features)
    let lost = Set(lostValues.flatMap(\.rows))
    let rows = (0..<suspects.count).filter { !lost.contains($0) }
    let part = SuspectPart(suspects, rows: rows)
    let kept = Set(part.rows)
    smallClassRows = rows.filter { !kept.contains($0) }
    let counts = rows.reduce(into: [Int](repeating: 0, count: suspects.classCount)) {
      $0[suspects.labels[$1]] += 1
    }
    let work = InspectionWork(
      rowsOfClasses: counts, featureCount: suspects.features.columns, copies: copies)
    labels = LabelEvidence(suspects, rows: rows, regression, threads: threads) {
      progress(Double($0) * work.labelRound / work.total)
    }
    var done = Double(LabelPanel.roundCount) * work.labelRound
    outliers = OutlierEvidence(suspects, rows: rows, threads: threads) { part, scores, limits in
      let now = scores * work.scores[part] + limits * work.limits[part]
      progress((done + now) / work.total)
      if scores == 1, limits == 1 { done += now }
    }
    var rate = Self.falseDiscoveryRate
    if case .falseDiscoveryRate(let asked) = selection { rate = asked }
    planted = PlantedLabels(
      suspects, rows: rows, regression, falseDiscoveryRate: rate, copies: copies, threads: threads
    ) { progress((done + Double($0) * work.plantedRound) / work.total) }
    progress(1)

    isBlind = (planted?.power ?? 0) < Self.leastPower
    let proven = labels.named(falseDiscoveryRate: rate)
    provenCount = proven.count
    var named = Set(proven)
    if case .count(let count) = selection { named = Set(labels.order.prefix(count)) }
    let shared = SharedFeatures(suspects)
    let areDiscrete = Double(shared.rowCount) > Self.sharedLimit * Double(suspects.count)
    let twins = areDiscrete ? [] : shared.twins
    expectedConflicts = areDiscrete ? shared.twins.count { $0 != nil } : 0
    findings = (0..<suspects.count).compactMap { [labels, outliers] row in
      Self.finding(
        row, isNamed: named.contains(row), labels, isOutlier: outliers.isOutlier[row],
        twin: twins.isEmpty ? nil : twins[row])
    }.sorted {
      $0.confidence > $1.confidence || ($0.confidence == $1.confidence && $0.row < $1.row)
    }
  }

  private static func finding(
    _ row: Int, isNamed: Bool, _ labels: LabelEvidence, isOutlier: Bool, twin: Int?
  ) -> Finding? {
    var (reasons, confidence): ([Reason], Double) = ([], 0)
    let judgement = labels.judgements[row]
    if isNamed, let judgement {
      reasons.append(.label)
      confidence = judgement.wrongProbability
    }
    if isOutlier {
      reasons.append(.outlier)
      // Unusual for certain, wrong perhaps: heavy tails have such rows too.
      confidence = max(confidence, 0.5)
    }
    if let twin {
      reasons.append(.conflict)
      // One of the two is wrong; the less probable label it is.
      let own = judgement?.ownProbability ?? 0
      let other = labels.judgements[twin]?.ownProbability ?? 0
      confidence = max(confidence, own + other > 0 ? other / (own + other) : 0.5)
    }
    guard !reasons.isEmpty, reasons != [.conflict] || confidence >= 0.5 else { return nil }
    return Finding(
      row: row, reasons: reasons, confidence: confidence,
      suggested: isNamed && judgement?.suggested != labels.labels[row]
        ? judgement?.suggested : nil,
      twin: twin)
  }

  /// Whether anything is found that chance does not explain, whatever length of list was asked for.
  public var hasFound: Bool {
    provenCount > 0 || findings.contains { $0.reasons != [.label] } || isExcess
  }

  /// Whether classes overlap so much that more of the labels called wrong may be right than was aimed at.
  public var isDoubtful: Bool { (planted?.power ?? 0) < Self.surePower }

  /// Whether more labels are wrong than can be named.
  public var isExcess: Bool {
    provenCount == 0 && (labels.errorInterval?.lower ?? 0) >= 1
  }
}
