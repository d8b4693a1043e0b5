public import Foundation

/// The Python of `.venv`, with MLflow, ONNX Runtime and scikit-learn, as tests run it.
public enum PythonTool {
  /// The folder of the package.
  public static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The interpreter.
  public static let path = package.appendingPathComponent(".venv/bin/python").path

  /// Whether tests that need it can run; where they must, in continuous integration, they do.
  ///
  /// Says so, once, where they are skipped.
  public static let isThere: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: path)
    let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
    if !isThere, !isRequired {
      print("skipped: tests that need MLflow, because there is no .venv; ./run_tests.sh makes it")
    }
    return isThere || isRequired
  }()

  /// Runs a script and returns what it writes to standard output.
  ///
  /// - Parameters:
  ///   - script: Its text.
  ///   - arguments: Its `sys.argv[1:]`.
  ///   - environment: Variables in place of, or besides, those of the tests.
  ///   - folder: The folder it runs in.
  /// - Throws: `PythonToolError` with what it wrote to standard error when it fails, or when it is
  ///   not done after some minutes.
  public static func run(
    _ script: String, _ arguments: [String] = [], environment: [String: String] = [:],
    in folder: URL? = nil
  ) throws -> String {
    let streams = FileManager.default.temporaryDirectory
      .appendingPathComponent("python-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    let (output, errors) = (
      streams.appendingPathComponent("output"), streams.appendingPathComponent("errors")
    )
    for stream in [output, errors] { try Data().write(to: stream) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", script] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder ?? streams
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let isInTime = ended.wait(timeout: .now() + 300) == .success
    if !isInTime { process.terminate() }
    let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    guard isInTime, process.terminationStatus == 0 else {
      throw PythonToolError(isInTime: isInTime, errors: said)
    }
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }
}

/// A script that failed.
public struct PythonToolError: Error, CustomStringConvertible {
  let isInTime: Bool
  let errors: String

  /// What the script wrote to standard error.
  public var description: String { (isInTime ? "failed: " : "not done in time: ") + errors }
}
