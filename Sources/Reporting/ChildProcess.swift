import Dispatch
import Files
package import Foundation
import Synchronization

/// Another program, which is run, waited for and ended when this one is.
package enum ChildProcess {
  /// Runs a program with no input and without what the environment says of MLflow, such as passwords.
  ///
  /// - Returns: What it has written to standard output; nil where it could not be started, has failed
  ///   or took too long.
  package static func output(
    of program: String, _ arguments: [String], in folder: URL? = nil, limitSeconds: Double
  ) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("MLFLOW_") }
    if let folder { process.currentDirectoryURL = folder }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    let started = try? Unfinished.begin { () throws(any Error) in
      try process.run()
      let number = process.processIdentifier
      return { end(number) }
    }
    guard let child = started else { return nil }
    let written = Output()
    // Read meanwhile, as a full pipe would hold the program up.
    DispatchQueue(label: "output of a program").async {
      written.bytes.withLock { $0 = try? output.fileHandleForReading.readToEnd() ?? Data() }
      ended.signal()
    }
    let limit = DispatchTime.now() + limitSeconds
    guard ended.wait(timeout: limit) == .success, ended.wait(timeout: limit) == .success else {
      Unfinished.takeBack(child)
      return nil
    }
    Unfinished.finish([child]) {}
    guard process.terminationStatus == 0 else { return nil }
    return written.bytes.withLock { $0 }.map { Array($0) }
  }

  private final class Output: Sendable {
    let bytes = Mutex<Data?>(nil)
  }

  /// Kills a program with those it has started, and waits a moment until it is gone.
  private static func end(_ number: pid_t) {
    if kill(-number, SIGKILL) != 0 { kill(number, SIGKILL) }
    for _ in 0..<100 where kill(number, 0) == 0 { usleep(10_000) }
  }
}
