import ArgumentParser
import Datasets
import Store

/// The rows that the models of a store are judged on, where they are those of a file.
struct ValidationFileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file of rows that models are judged on, of a store that was made with one.",
      valueName: "file"))
  var validation: String?

  /// The rows for a store's study; nil where those of the data are judged on.
  ///
  /// - Throws: `Failure` where the store wants a file and none is named, or the other way round.
  func rows(
    of plan: StoredPlan, like loaded: LoadedData, _ data: DataOptions
  ) throws(Failure) -> Dataset? {
    let wanted = plan.validationName
    switch (wanted, validation) {
    case (nil, nil): return nil
    case (let name?, nil):
      throw .usage(
        "the models of the store are judged on the rows of \(name); name that file by --validation")
    case (nil, _?):
      throw .usage(
        "--validation is for a store whose models are judged on the rows of a file; leave it out")
    case (_?, let path?): return try data.validation(path, like: loaded)
    }
  }
}
