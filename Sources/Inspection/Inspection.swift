public import Defenses
public import Documents
import LinAlg
import Models

/// Which rows of a table look wrong, why, and how sure that is.
public struct Inspection: Sendable {
  /// What is wrong with a row.
  public enum Reason: String, Sendable, Encodable {
    /// Models and neighbours say another class.
    case label
    /// It lies far from all others of its class.
    case outlier
    /// Another row has the same features and another class.
    case conflict
  }

  /// A row that looks wrong.
  public struct Finding: Sendable {
    /// Its position, from 0.
    public let row: Int
    /// What is wrong with it.
    public let reasons: [Reason]
    /// How probable it is that the row really is wrong, as far as can be told.
    public let confidence: Double
    /// The class it should have; nil where its label is not in doubt.
    public let suggested: Int?
    /// A row with the same features and another class.
    public let twin: Int?
  }

  /// The rows that look wrong, most certain first.
  public let findings: [Finding]

  /// What rows say of each other's labels.
  public let labels: LabelEvidence

  /// Which rows lie far from their class.
  public let outliers: OutlierEvidence

  /// The share of chance findings that is put up with among labels called wrong.
  public static let falseDiscoveryLimit = 0.2

  /// Steps of the work on K classes that `progress` counts.
  public static func stepCount(classCount: Int) -> Int { 3 + classCount }

  /// Inspects rows that are scaled like those of a model.
  ///
  /// - Throws: `SpecificationError` for a C that is not positive.
  public init(
    _ suspects: Suspects, c: Double = 1, threads: Int, progress: (Int) -> Void = { _ in }
  ) throws(SpecificationError) {
    let regression = try SoftmaxRegression(c: c)
    labels = LabelEvidence(suspects, regression, threads: threads, progress: progress)
    outliers = OutlierEvidence(suspects, threads: threads) { progress(2 + $0) }
    let twins = Self.twins(suspects)
    progress(Self.stepCount(classCount: suspects.classCount))
    let hasErrors = labels.excess != nil || labels.isByNeighbors
    var findings: [Finding] = []
    for row in 0..<suspects.count {
      var (reasons, confidence): ([Reason], Double) = ([], 0)
      let isWrong =
        hasErrors && labels.falseDiscoveryRate[row] <= Self.falseDiscoveryLimit
        && labels.suggested[row] != suspects.labels[row]
      if isWrong {
        reasons.append(.label)
        confidence = 1 - labels.falseDiscoveryRate[row]
      }
      if outliers.scores[row] > outliers.threshold {
        reasons.append(.outlier)
        // Unusual for certain, wrong perhaps: heavy tails have such rows too.
        confidence = max(confidence, 0.5)
      }
      if let twin = twins[row] {
        reasons.append(.conflict)
        // One of the two is wrong; the less probable label it is.
        let other = labels.ownProbability[twin]
        let own = labels.ownProbability[row]
        confidence = max(confidence, own + other > 0 ? other / (own + other) : 0.5)
      }
      guard !reasons.isEmpty, reasons != [.conflict] || confidence >= 0.5 else { continue }
      findings.append(
        Finding(
          row: row, reasons: reasons, confidence: confidence,
          suggested: labels.suggested[row] == suspects.labels[row] ? nil : labels.suggested[row],
          twin: twins[row]))
    }
    self.findings = findings.sorted {
      $0.confidence > $1.confidence || ($0.confidence == $1.confidence && $0.row < $1.row)
    }
  }

  /// About how many labels are wrong; see `LabelEvidence`.
  public var estimatedErrors: Double { labels.estimatedErrors }

  /// For each row another with the same features and another class.
  private static func twins(_ suspects: Suspects) -> [Int?] {
    let d = suspects.features.columns
    let x = suspects.features.elements
    var groups: [[UInt64]: [Int]] = [:]
    for row in 0..<suspects.count {
      // −0 is 0 to every model.
      groups[(row * d..<(row + 1) * d).map { (x[$0] + 0).bitPattern }, default: []].append(row)
    }
    var twins = [Int?](repeating: nil, count: suspects.count)
    for rows in groups.values where rows.count > 1 {
      for row in rows {
        twins[row] = rows.first { suspects.labels[$0] != suspects.labels[row] }
      }
    }
    return twins
  }
}
