public import Foundation
import Synchronization

/// An MLflow server of `.venv` on a free port of 127.0.0.1, with its store in a folder.
///
/// Its processes are a group of their own, which `stop` and `deinit` end as a whole.
public final class MLflowServer: Sendable {
  /// How the server is started.
  public enum Option: Sendable {
    /// With users: `admin` and this password.
    case basicAuth(password: String)
    /// With `--no-serve-artifacts`, its artifacts below its folder.
    case noArtifacts
  }

  /// Where it keeps its store and artifacts.
  public let folder: URL

  /// Its port, the same after each start.
  public let port: Int

  /// Its address.
  public var url: URL { URL(string: "http://127.0.0.1:\(port)") ?? folder }

  private let options: [Option]
  private let isTemporary: Bool
  private let process = Mutex<Process?>(nil)

  /// Starts a server in a folder, a new one by default, and waits until it answers.
  public init(in folder: URL? = nil, options: [Option] = []) throws {
    self.folder =
      folder
      ?? FileManager.default.temporaryDirectory
      .appendingPathComponent("mlflow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    self.options = options
    isTemporary = folder == nil
    port = try Self.freePort()
    try start()
  }

  deinit { kill() }

  /// Starts it again on the same port, and waits until it answers.
  public func start() throws {
    let log = folder.appendingPathComponent("server.log")
    if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
    let output = try FileHandle(forWritingTo: log)
    try output.seekToEnd()
    let new = Process()
    // A process group of its own, whose number is that of the process, so that no worker is left behind;
    // it ends by itself when the tests do, and removes what is temporary.
    new.executableURL = URL(fileURLWithPath: PythonTool.path)
    new.arguments = ["-c", Self.script, isTemporary ? self.folder.path : ""] + serverArguments
    new.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    new.currentDirectoryURL = folder
    new.standardInput = FileHandle.nullDevice
    new.standardOutput = output
    new.standardError = output
    try new.run()
    process.withLock { $0 = new }
    let end = Date() + 180
    while !answers {
      guard new.isRunning, Date() < end else {
        kill()
        throw MLflowServerError(log: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
  }

  /// Kills all its processes at once, as a crash would.
  public func kill() {
    guard
      let old = process.withLock({ process in
        defer { process = nil }
        return process
      })
    else { return }
    let id = old.processIdentifier
    #if canImport(Glibc)
      Glibc.kill(-id, SIGKILL)
      Glibc.kill(id, SIGKILL)
    #elseif canImport(Darwin)
      Darwin.kill(-id, SIGKILL)
      Darwin.kill(id, SIGKILL)
    #endif
    old.waitUntilExit()
  }

  /// Kills it and removes its folder.
  public func remove() {
    kill()
    try? FileManager.default.removeItem(at: folder)
  }

  private var serverArguments: [String] {
    var arguments = [
      "--backend-store-uri", "sqlite:///\(folder.path)/mlflow.db", "--workers", "1",
      "--host", "127.0.0.1", "--port", "\(port)",
    ]
    for option in options {
      switch option {
      case .basicAuth: arguments += ["--app-name", "basic-auth"]
      case .noArtifacts:
        arguments += [
          "--no-serve-artifacts", "--default-artifact-root", "\(folder.path)/artifacts",
        ]
      }
    }
    return arguments
  }

  private var environment: [String: String] {
    var variables = [
      "MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_TRACKING_URI": "",
      // Its eight processes, of which tests need none, take three quarters of the time of a start.
      "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    ]
    for case .basicAuth(let password) in options {
      variables["MLFLOW_FLASK_SERVER_SECRET_KEY"] = "only for tests"
      variables["MLFLOW_AUTH_ADMIN_USERNAME"] = "admin"
      variables["MLFLOW_AUTH_ADMIN_PASSWORD"] = password
    }
    return variables
  }

  private var answers: Bool {
    (try? PythonTool.run(Self.probe, ["\(port)"])) == "OK"
  }

  /// A port that was free a moment ago.
  static func freePort() throws -> Int {
    let text = try PythonTool.run(
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  private static let probe = """
    import sys, time, urllib.request
    end = time.time() + 20
    while time.time() < end:
        try:
            url = f"http://127.0.0.1:{sys.argv[1]}/health"
            print(urllib.request.urlopen(url, timeout=5).read().decode(), end="")
            break
        except OSError:
            time.sleep(0.2)
    """

  private static let script = """
    import os, shutil, signal, subprocess, sys, time
    parent = os.getppid()
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    mlflow = os.path.join(os.path.dirname(sys.executable), "mlflow")
    server = subprocess.Popen([mlflow, "server"] + sys.argv[2:])
    while server.poll() is None:
        time.sleep(0.5)
        if os.getppid() != parent:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.killpg(0, signal.SIGTERM)
            time.sleep(1)
            if sys.argv[1]:
                shutil.rmtree(sys.argv[1], ignore_errors=True)
            os.killpg(0, signal.SIGKILL)
    sys.exit(server.returncode)
    """
}

/// A server that did not start.
public struct MLflowServerError: Error, CustomStringConvertible {
  let log: String

  /// What it wrote last.
  public var description: String { "the MLflow server did not start: " + log.suffix(3000) }
}
