import ArgumentParser
import Datasets
import Reporting

/// Which log to use.
struct LogOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the log. (default: .hemlock/provenance beside the file, or in the working "
        + "folder)", valueName: "folder"))
  var log: String?

  /// The log for a file; without one, that of the working folder.
  func opened(beside file: String? = nil) throws(Failure) -> ProvenanceLog {
    guard log != "" else {
      throw .usage("--log cannot be \"\"; accepted: a folder, made where it is missing")
    }
    return ProvenanceLog(log ?? ProvenanceLog.standardFolder(beside: file ?? ""))
  }
}

extension ProvenanceLog {
  /// The program as entries name it.
  static let program = "\(Program.name) \(Program.version)"
}

extension Failure {
  /// What keeps the provenance of rows from being recorded or shown.
  init(_ error: ProvenanceError) {
    let code: ExitStatus = error.isInputOutput ? .inputOutput : error.isUsage ? .usage : .badData
    self.init(code: code, message: "\(error)")
  }
}

/// Runs what may fail with a `ProvenanceError`.
func provenance<Result>(
  _ body: () throws(ProvenanceError) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error)
  }
}
