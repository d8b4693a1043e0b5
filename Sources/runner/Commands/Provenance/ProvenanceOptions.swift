import ArgumentParser
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
    try FolderOption.requireName(log, "--log")
    return ProvenanceLog(log ?? ProvenanceLog.standardFolder(beside: file ?? ""))
  }

  /// Shows the entry that was written, and what was put right before.
  func show(_ recorded: ProvenanceLog.Recorded, of log: ProvenanceLog) throws {
    if let repair = recorded.repair { Console.note(repair) }
    let entry = recorded.entry
    try Console.show(entry, json: json, ProvenanceTables.recorded(entry, folder: log.folder))
  }
}

extension ProvenanceLog {
  /// The program as entries name it.
  static let program = "\(Program.name) \(Program.version)"

  /// Records what a command has done, once `written` is there.
  func record(written: String, _ steps: () throws -> [ProvenanceStep]) throws(Failure) {
    do {
      for step in try steps() {
        let recorded = try record(step, program: Self.program)
        if let repair = recorded.repair { Console.note(repair) }
      }
    } catch {
      let failure = Failure(error)
      throw Failure(
        code: failure.code,
        message: "--provenance: \(failure.message); \(written) was written, but not recorded")
    }
  }
}
