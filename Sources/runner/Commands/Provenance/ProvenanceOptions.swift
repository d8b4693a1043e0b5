import ArgumentParser
import Provenance
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

extension ProvenanceLog {
  /// Records what a command has done, once `written` is there.
  func record(written: String, _ steps: () throws -> [ProvenanceStep]) throws(Failure) {
    do {
      for step in try steps() {
        let recorded = try record(step, program: Self.program)
        if let repair = recorded.repair { Console.note(repair) }
      }
    } catch {
      let failure =
        (error as? ProvenanceError).map { Failure($0) } ?? Failure(error, levels: "--poison")
      throw Failure(
        code: failure.code,
        message: "--provenance: \(failure.message); \(written) was written, but not recorded")
    }
  }
}
