import ArgumentParser
import Publishing
import Reporting
import Store
import Tracking

struct Track: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract: "Sends a store to MLflow, or completes what is there of it.",
    usage: "runner track [<options>] <store>",
    discussion: """
      Makes a run for the study and a child for each cell, with metrics, tables, pictures, data sets \
      and models; of curves also their answers, recovery factors and tables. What is there already \
      stays as it is, so the command can be repeated after a broken connection. Built-in data are found by themselves; a CSV file must be given again by \
      --data and --target, else models and data sets are left out.

      Examples:
        runner track sweep.sqlite
        runner track results/study.sqlite --tracking-uri http://localhost:5000
        runner track f.sqlite --data flowers.csv --target species --register f
        runner track curves-iris-claims.sqlite
      """)

  @Argument(help: ArgumentHelp("The store of a study.", valueName: "store"))
  var store: String

  @OptionGroup(title: "Data") var data: DataOptions

  @OptionGroup var judged: ValidationFileOption

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @Flag(help: "Print what was done as JSON.")
  var json = false

  func run() throws {
    guard try tracking.uri() != .none else {
      throw Failure.usage("--tracking-uri cannot be none here; accepted: where to send the store")
    }
    let (plan, found) = try SweepStore.reading(store) { opened in
      let known = try data.dataset(of: opened.plan)
      return (
        opened.plan,
        try known.map { known in
          let validation = try judged.rows(of: opened.plan, like: known.rows, data)
          return (
            study: try opened.study(of: known.rows.dataset, validation: validation),
            origin: known.origin
          )
        }
      )
    }
    if found == nil {
      Console.note(
        "without models and data sets: \(plan.datasetName) is not built in; to send them too, give "
          + "it by --data and --target")
    }
    guard let tracker = try Tracker(tracking.place, dataset: plan.datasetName) else { return }
    let again = tracking.command(store: store, data: data, validation: judged.validation)
    let interruption = Interruption(
      stopped: "stopped before the end; the same command completes what is there",
      finished: "stopped at the end")
    let record = try tracker.publish(
      store: store, study: found?.study, data: found?.origin ?? .unknown, live: nil,
      registration: tracking.register, again: again)
    interruption.finish {}
    if json { try Console.show(JSONText.of(record)) }
  }
}
