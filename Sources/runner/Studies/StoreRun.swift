import Foundation
import Reporting
import Store
import Sweeps
import Tracking

/// A study on its way into its store: with progress, with signals that lose nothing, and with a run in MLflow
/// that is shown as being at work.
struct StoreRun {
  let task: StudyTask

  /// The store as messages call it.
  let path: String

  /// Where results are when all is done, as messages call it.
  private let results: String

  let threads: Int

  private let interruption: Interruption
  private let tracker: Tracker?

  /// The run that is shown as being at work.
  let live = LiveRun()

  /// Prepares for a signal at any time from now on.
  ///
  /// `again` is the command that brings results into MLflow; `results` is where they are in the end, the
  /// store by default.
  init(
    _ task: StudyTask, into path: String, results: String? = nil, threads: Int, tracker: Tracker?,
    again: String
  ) {
    let results = results ?? path
    (self.task, self.path, self.results) = (task, path, results)
    (self.threads, self.tracker) = (threads, tracker)
    interruption = Interruption(
      stopped: "stopped before the end; what was done is in \(path), and the same command goes on "
        + "from there",
      finished: "stopped after the results in \(results) were complete"
        + (tracker == nil ? "" : "; what is not in MLflow yet: \(again)"),
      cleanUp: { [live] in live.end(as: .killed, error: "stopped by a signal") })
  }

  /// Runs what the store does not have, and does something with it while it is open.
  ///
  /// - Throws: `Failure`; the run in MLflow has failed then.
  func run<Outcome>(_ body: (SweepStore, StudyRun) throws -> Outcome) throws -> Outcome {
    do {
      let store = try SweepStore(
        writing: path, task.study, firstSeed: task.firstSeed, program: Program.name,
        version: Program.version)
      defer { try? store.close() }
      return try body(store, try measured(store))
    } catch {
      // What a signal has closed under the work is not its failure: the signal ends the program.
      interruption.protect {}
      Console.clearLine()
      let failure = Failure(
        error, levels: "--levels", attacks: "--attacks", defenses: "--defenses", isReading: false)
      live.end(as: .failed, error: failure.message)
      throw failure
    }
  }

  /// Does the last step, which makes results valid, without being interrupted, once the store is closed.
  func finish(_ store: SweepStore, _ body: () throws -> Void = {}) throws {
    try interruption.finish {
      try store.close()
      try body()
    }
  }

  private func measured(_ store: SweepStore) throws -> StudyRun {
    var run = try StudyRun(task.study, task.request, in: store)
    if let missing = task.missingLevel { Console.note(missing) }
    let isRule = if case .until = task.request.extent { true } else { false }
    if run.storedFitCount > 0 {
      Console.note("\(run.storedFitCount) of \(run.fitCount) fits are in \(path)")
    }
    // A rule may find that what is there suffices: then nothing is at work.
    if let tracker, !run.isComplete, !isRule || run.storedFitCount == 0 {
      try tracker.begin(store, task.data.origin, as: live)
    }
    var progress = Progress(
      total: run.fitCount, noun: isRule ? "fits at most" : "fits", before: run.storedFitCount)
    let before = run.storedFitCount
    var ran = 0
    let commit = { (body: () throws(StoreError) -> Void) throws(StoreError) in
      try interruption.protect(body)
    }
    let end = try run.run(
      threads: threads, commit: commit,
      didAdvance: { reached in
        ran = reached.fitCount - before
        progress.show(
          reached.fitCount, remaining: reached.remainingFitCount,
          remark: reached.widest.map {
            ", widest interval "
              + ($0.isFinite ? "±\(String(format: "%.5f", $0))" : "not known yet")
          } ?? "")
      })
    let seconds = progress.elapsedSeconds
    try ClaimsTable.measureDraws(
      of: task.study, in: store, seedCount: run.seedCount, threads: threads, commit: commit)
    Console.clearLine()
    let rate = Int((Double(ran) / max(seconds, 1e-9)).rounded())
    Console.note(
      "\(ran) fits in \((seconds * 100).rounded() / 100) s" + (ran > 0 ? " (\(rate) a second)" : "")
        + " on \(threads) \(threads == 1 ? "thread" : "threads"); "
        + (end == .stopped ? "stopped by --until-ci; " : "") + "results in \(results)")
    if let note = run.cells.unendedNote { Console.note("warning: \(note)") }
    return run
  }
}
