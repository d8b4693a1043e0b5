import Foundation

/// A script of `Benchmarks/peers`, as a process that answers one request a line.
final class PeerProcess {
  /// A peer that cannot be run, or not to its end.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let script: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Starts a script with the Python that `setup` makes; it says nothing but answers where it `isQuiet`.
  init(_ script: String, python: String, setup: String, isQuiet: Bool = false) throws {
    self.script = script
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["Benchmarks/peers/\(script).py"]
    process.standardInput = input
    process.standardOutput = output
    if isQuiet { process.standardError = FileHandle.nullDevice }
    do {
      try process.run()
    } catch {
      throw Failure(
        description:
          "\(python) cannot be run; set it up with \(setup), and run bench in the folder of "
          + "the project")
    }
  }

  func ask<Answer: Decodable>(_ request: some Encodable) throws -> Answer {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try input.fileHandleForWriting.write(
      contentsOf: try encoder.encode(request) + Data("\n".utf8))
    return try next()
  }

  func next<Answer: Decodable>() throws -> Answer {
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let chunk = output.fileHandleForReading.availableData
      guard !chunk.isEmpty else {
        throw Failure(description: "the peer \(script) ended in the middle of its work")
      }
      line += chunk
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: line)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
