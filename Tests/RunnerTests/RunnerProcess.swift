import Foundation

/// One run of the built program, as its caller sees it.
struct RunnerProcess {
  /// The exit code, or minus the number of the signal that ended the run.
  let status: Int32

  /// What was written to standard output.
  let output: String

  /// What was written to standard error.
  let errors: String

  /// Runs the program in a folder and waits for its end.
  ///
  /// - Throws: `RunnerProcessError` when it takes longer than the time limit.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws {
    try self.init(StartedRunner(arguments, in: folder, environment: environment))
  }

  /// Runs a command line of the shell, in which `$RUNNER` is the program, and waits for its end.
  ///
  /// - Throws: `RunnerProcessError` when it takes longer than the time limit.
  init(shell command: String, in folder: URL) throws {
    try self.init(StartedRunner(shell: command, in: folder))
  }

  /// Waits for the end of a run.
  init(_ started: consuming StartedRunner) throws {
    try started.wait()
    status = started.status
    output = try started.output()
    errors = try started.errors()
  }

  /// The lines of standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }

  /// What standard output holds as JSON, and nothing else.
  func json<Record: Decodable>(as type: Record.Type = Record.self) throws -> Record {
    try decoded(Data(output.utf8))
  }
}

/// Decodes JSON as the program writes it.
func decoded<Record: Decodable>(_ data: Data, as type: Record.Type = Record.self) throws -> Record {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: data)
}

/// A run that could not be observed to its end.
enum RunnerProcessError: Error {
  /// No program beside the tests.
  case missingProgram(searched: [String])

  /// The run did not end, or did not come as far as was waited for, and was killed.
  case timeLimit(arguments: [String], errors: String)
}

/// A run of the program that may still go on.
///
/// Its streams go to files rather than pipes, so the program is never held up by its reader.
struct StartedRunner {
  /// Far more than any run needs, also when all cores are busy.
  private static let limitSeconds = 120.0

  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let streams: URL

  /// Starts the program in a folder.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws {
    try self.init(Self.program(), arguments, in: folder, environment)
  }

  /// Starts the shell in a folder.
  init(shell command: String, in folder: URL) throws {
    try self.init(URL(fileURLWithPath: "/bin/sh"), ["-c", command], in: folder, [:])
  }

  private init(
    _ executable: URL, _ arguments: [String], in folder: URL, _ environment: [String: String]
  ) throws {
    streams = FileManager.default.temporaryDirectory
      .appendingPathComponent("runner-streams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    process.executableURL = executable
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "RUNNER": try Self.program().path, "MLFLOW_TRACKING_URI": "none",
        // Pictures take seconds; the tests that look at them say so.
        "HEMLOCK_PYTHON": "/bin/false",
      ]
    ) { $1 }.merging(environment) { $1 }
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let output = try Self.file(streams.appendingPathComponent("output"))
    let errors = try Self.file(streams.appendingPathComponent("errors"))
    process.standardOutput = output
    process.standardError = errors
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
    // The program has its own. Foundation keeps ours open for longer than it has room for: it crashes while
    // it starts a program with more than about 1,300 open files.
    try output.close()
    try errors.close()
  }

  /// Sends a signal to the program.
  func send(_ signal: Int32) {
    kill(process.processIdentifier, signal)
  }

  /// Waits until a condition of the world holds, such as a file being there.
  func waitUntil(_ condition: () throws -> Bool) throws {
    let end = Date() + Self.limitSeconds
    while try !condition() {
      guard Date() < end, process.isRunning else { throw try giveUp() }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  /// Waits until the program listens to signals.
  func waitUntilItListens() throws {
    try waitUntil {
      let status = try String(
        contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
      let mask = line.flatMap { UInt64($0.dropFirst(7).drop(while: \.isWhitespace), radix: 16) }
      return (mask ?? 0) & (1 << UInt64(SIGHUP - 1)) != 0
    }
  }

  fileprivate func wait() throws {
    guard ended.wait(timeout: .now() + Self.limitSeconds) == .success else { throw try giveUp() }
  }

  fileprivate var status: Int32 {
    process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  fileprivate func output() throws -> String { try text("output") }

  fileprivate func errors() throws -> String {
    defer { try? FileManager.default.removeItem(at: streams) }
    return try text("errors")
  }

  private func giveUp() throws -> RunnerProcessError {
    send(SIGKILL)
    return try .timeLimit(arguments: process.arguments ?? [], errors: errors())
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: streams.appendingPathComponent(name)), as: UTF8.self)
  }

  private static func file(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// The program that was built with the tests: beside them, or beside their bundle.
  static func program() throws -> URL {
    let tests =
      [URL(fileURLWithPath: CommandLine.arguments[0]), Bundle.main.bundleURL]
      + Bundle.allBundles.map(\.bundleURL)
    let candidates = tests.map {
      $0.deletingLastPathComponent().appendingPathComponent("runner")
    }
    let isProgram = { (url: URL) in FileManager.default.isExecutableFile(atPath: url.path) }
    guard let program = candidates.first(where: isProgram) else {
      throw RunnerProcessError.missingProgram(searched: candidates.map(\.path))
    }
    return program
  }
}
