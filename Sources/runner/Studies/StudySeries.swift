import Analyses
import Datasets
import Foundation
import Reporting
import Store
import Sweeps

/// The studies of a plan, one a data set: each is shown when it is done, and how they compare at the end.
struct StudySeries<Record: Encodable> {
  /// The studies, each with the name of its data set, or one with its number.
  let tasks: [(task: StudyTask, name: String)]

  private let printsJSON: Bool
  private var sets: [ComparedSet] = []
  private var records: [Record] = []

  init(_ tasks: [StudyTask], json: Bool) {
    self.tasks = Array(zip(tasks, tasks.map(\.study.dataset.name).numbered))
    printsJSON = json
    PrivacyNotice.show(tasks.map(\.study))
    for (task, name) in self.tasks {
      SuspicionNotice(task.suspicions, isPlan: task.request.planText != nil)
        .show(of: isSeveral ? name : nil)
    }
  }

  /// Whether there are several data sets.
  var isSeveral: Bool { tasks.count > 1 }

  /// The studies with their stores: what `named` says, else the name of a plan, else the `standard` one;
  /// of several data sets with the name of each.
  ///
  /// - Throws: `Failure` for an empty name.
  func stores(
    _ named: String?, plan: String?, or standard: String
  ) throws(Failure) -> [(task: StudyTask, path: String)] {
    let planned = plan.map {
      URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent + ".sqlite"
    }
    let path = named ?? planned ?? standard
    guard !path.isEmpty else { throw .usage("--store cannot be \"\"; accepted: a file") }
    let ending = URL(fileURLWithPath: path).pathExtension
    let suffix = ending.isEmpty ? "" : ".\(ending)"
    return tasks.map { task, name in
      (task, isSeveral ? path.dropLast(suffix.count) + "-\(name)\(suffix)" : path)
    }
  }

  /// Keeps what is compared of a study that is done, while its store is open.
  mutating func keep(_ store: SweepStore, _ dataset: Dataset) throws(StoreError) {
    if isSeveral { sets.append(try ComparedSet(StoreReading(store), dataset: dataset)) }
  }

  /// Shows a study; of several, JSON is one document at the end.
  mutating func show(_ record: Record, _ answer: Answer) throws {
    switch (printsJSON, isSeveral) {
    case (true, true): records.append(record)
    case (true, false): try Console.show(JSONText.of(record))
    case (false, _): try Console.show(answer.lines() + (isSeveral ? [""] : []))
    }
  }

  /// Shows how several data sets compare, once that is written where it is to be.
  func finish(_ write: (SetComparison) throws -> Void = { _ in }) throws {
    guard isSeveral else { return }
    let comparison = SetComparison(sets)
    try write(comparison)
    try Console.show(
      SeriesRecord(records, ComparisonRecord(comparison)), json: printsJSON,
      comparison.answer.lines())
  }
}
