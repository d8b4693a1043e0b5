package import Analyses
import Files
import Poisoning
public import Reporting
import Store
import Sweeps
public import Tracking

/// The report of a store as one run: recovery factors as metrics, the page and its figures as files.
public struct ReportDocument {
  /// The run.
  public private(set) var run: RunDocument

  /// Everything about a report.
  ///
  /// `times` are when it began and ended, in milliseconds since 1970.
  public init(
    _ report: StoreReport, files: ReportFiles, origin: RunOrigin,
    times: (start: Int, end: Int)
  ) {
    run = RunDocument(
      // The same store with more seeds has another report.
      identity: ["hemlock.report": report.plan.digest, "hemlock.seeds": "\(report.seedCount)"],
      name: "report: \(report.plan.datasetName), \(report.seedCount) seeds",
      startTime: times.start, endTime: times.end)
    run.parameters = [
      "dataset": report.plan.datasetName, "dataset_digest": report.plan.datasetDigest,
      "seeds": "\(report.seedCount)", "first_seed": "\(report.plan.firstSeed)",
      "validation_rows": "\(report.plan.validationCount)",
    ]
    if let rows = report.answers.first?.rows { run.parameters["rows"] = "\(rows)" }
    run.metrics = report.answers.flatMap { $0.points { Int(($0 * 10_000).rounded()) } }
    run.tags = origin.tags
    run.tags["mlflow.note.content"] =
      report.sentences.joined(separator: "\n\n")
      + "\n\nThe page is the artifact report.html; what no measured size reaches has no metric."
    run.artifacts = files.content.map { Artifact($0.name, content: $0.bytes) }
  }

  /// A comparison of data sets: what poison costs on each, the level in hundredths of a percent as step.
  package init(
    _ comparison: SetComparison, files: ReportFiles, origin: RunOrigin,
    times: (start: Int, end: Int)
  ) {
    let sets = comparison.sets
    let list = { (value: (ComparedSet) -> String) in sets.map(value).joined(separator: ", ") }
    run = RunDocument(
      identity: [
        "hemlock.report": Digest.hash(Array(list(\.facts.digest).utf8)).hexadecimal,
        "hemlock.seeds": list { "\($0.seedCount)" },
      ],
      name: "report: \(list(\.name)) compared", startTime: times.start, endTime: times.end)
    run.parameters = [
      "datasets": list(\.name),
      "dataset_digests": list { String($0.facts.datasetDigest.prefix(16)) },
      "seeds": list { "\($0.seedCount)" },
    ]
    for row in comparison.rows where !row.cell.isReference {
      for (set, cell) in zip(sets, row.cells) {
        let place = [set.name, cell.attackName, cell.modelName, cell.defenseName]
        run.metrics += MetricPoints.moments(
          "accuracy_drop", cell.accuracyDrop,
          suffix: "/" + place.map(\.asKeyPart).joined(separator: "/"),
          step: Int((cell.level.share * 10_000).rounded()))
      }
    }
    run.tags = origin.tags
    run.tags["mlflow.note.content"] = comparison.answer.markdown(limit: 7900)
    run.artifacts = files.content.map { Artifact($0.name, content: $0.bytes) }
  }
}
