import Foundation

/// Python's detectors, as a process that answers one request a line; see Benchmarks/peers/defenses.py.
final class DefensePeer {
  /// What is to be timed.
  struct Request: Encodable {
    let task: String
    let file: String
    let rows: Int
    let columns: Int
    let repeats: Int
    let labels: String?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(task, forKey: .task)
      try container.encode(file, forKey: .file)
      try container.encode(rows, forKey: .rows)
      try container.encode(columns, forKey: .columns)
      try container.encode(repeats, forKey: .repeats)
      // Null, not left out: Python asks for it.
      try container.encode(labels, forKey: .labels)
    }

    private enum CodingKeys: String, CodingKey {
      case task, file, rows, columns, repeats, labels
    }
  }

  /// How long it took, or why it could not be done.
  struct Answer: Decodable {
    let seconds: Double?
    let error: String?
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Starts the peer.
  init(python: String) throws {
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["Benchmarks/peers/defenses.py"]
    process.standardInput = input
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      throw Peer.Failure(
        description:
          "\(python) cannot be run; set it up with Scripts/python verify cleanlab, and run "
          + "bench in the folder of the project")
    }
  }

  /// Lets the peer do a piece of work.
  func ask(_ request: Request) throws -> Answer {
    try input.fileHandleForWriting.write(
      contentsOf: try JSONEncoder().encode(request) + Data("\n".utf8))
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let chunk = output.fileHandleForReading.availableData
      guard !chunk.isEmpty else {
        throw Peer.Failure(description: "the peer ended in the middle of its work")
      }
      line += chunk
    }
    return try JSONDecoder().decode(Answer.self, from: line)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
