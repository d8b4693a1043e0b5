import ArgumentParser
import Documents
import Provenance
import Reporting

/// Which log to use, and how its content is shown.
struct LogOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the log. (default: .hemlock/provenance beside the file, or in the working "
        + "folder)", valueName: "folder"))
  var log: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// The log for a file; without one, that of the working folder.
  func opened(beside file: String? = nil) throws(Failure) -> ProvenanceLog {
    guard log != "" else {
      throw .usage("--log cannot be \"\"; accepted: a folder, made where it is missing")
    }
    return ProvenanceLog(log ?? ProvenanceLog.standardFolder(beside: file ?? ""))
  }

  /// Shows a value as JSON where that is asked for, or else in lines.
  func show(_ value: some Encodable, _ lines: @autoclosure () -> [String]) throws {
    try json ? Console.show(JSONText.of(value)) : Console.show(lines())
  }

  /// Shows the entry that was written, and what was put right before.
  func show(_ recorded: ProvenanceLog.Recorded, of log: ProvenanceLog) throws {
    if let repair = recorded.repair { Console.note(repair) }
    let entry = recorded.entry
    try show(entry, ProvenanceTables.recorded(entry, folder: log.folder))
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

/// What may fail with a `ProvenanceError`.
func provenance<Result>(
  _ result: @autoclosure () throws(ProvenanceError) -> Result
) throws(Failure) -> Result {
  try converting(try result()) { (error: ProvenanceError) in Failure(error) }
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
