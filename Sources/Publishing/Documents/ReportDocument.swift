import Analyses
import Poisoning
public import Reporting
import Statistics
import Store
import Sweeps
public import Tracking

/// The report of a store as one run: recovery factors as metrics, the page and its figures as files.
public struct ReportDocument {
  /// The run.
  public private(set) var run: RunDocument

  /// Tags that tell the run of a report from all others: the same store with more seeds is another.
  public static func identity(_ report: StoreReport) -> [String: String] {
    ["hemlock.report": report.plan.digest, "hemlock.seeds": "\(report.seedCount)"]
  }

  /// What the run is called.
  public static func name(_ report: StoreReport) -> String {
    "report: \(report.plan.datasetName), \(report.seedCount) seeds"
  }

  /// Everything about a report.
  ///
  /// `times` are when it began and ended, in milliseconds since 1970.
  public init(
    _ report: StoreReport, files: [StoreReport.File], origin: RunOrigin,
    times: (start: Int, end: Int)
  ) {
    run = RunDocument(
      identity: Self.identity(report), name: Self.name(report), startTime: times.start,
      endTime: times.end)
    run.parameters = [
      "dataset": report.plan.datasetName, "dataset_digest": report.plan.datasetDigest,
      "seeds": "\(report.seedCount)", "first_seed": "\(report.plan.firstSeed)",
      "validation_rows": "\(report.plan.validationCount)",
    ]
    if let rows = report.answers.first?.rows { run.parameters["rows"] = "\(rows)" }
    run.metrics = report.answers.flatMap(Self.points)
    run.tags = origin.tags
    run.tags["mlflow.note.content"] =
      report.sentences.joined(separator: "\n\n")
      + "\n\nThe page is the artifact report.html; what no measured size reaches has no metric."
    run.artifacts = files.map { Artifact($0.name, content: $0.content) }
  }

  /// The numbers of an answer that are finite, with the level in hundredths of a percent as step.
  private static func points(_ answer: PoisonAnswer) -> [RunDocument.Point] {
    let place =
      [answer.attack, answer.model, answer.defense].map(key).joined(separator: "/")
    let step = Int((answer.level.share * 10_000).rounded())
    var values: [(String, Double?)] = [
      ("accuracy_lost", answer.loss.value), ("accuracy_lost_ci95_low", answer.loss.interval.lower),
      ("accuracy_lost_ci95_high", answer.loss.interval.upper),
      ("exchange_rate", answer.exchangeRate?.value), ("gamma", answer.dilution?.value),
    ]
    if let factor = answer.factor() {
      values += [
        ("recovery_factor", factor.value), ("recovery_factor_ci95_low", factor.interval.lower),
        ("recovery_factor_ci95_high", factor.interval.upper),
      ]
    }
    return values.compactMap { name, value in
      value.flatMap { $0.isFinite ? RunDocument.Point("\(name)/\(place)", $0, step: step) : nil }
    }
  }

  /// A name as part of the key of a metric.
  private static func key(_ name: String) -> String {
    String(
      name.map { $0.isLetter || $0.isNumber || "_-.".contains($0) ? $0 : "_" })
  }
}
