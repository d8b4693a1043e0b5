import Foundation

/// A Python library that does the same grid, as a process that answers one request a line.
///
/// The protocol is in Benchmarks/peers/serve.py.
final class Peer {
  /// What the peer says of a round.
  struct Answer: Decodable {
    struct Accuracy: Decodable {
      let mean: Double
      let sd: Double
      let n: Int
    }
    let seconds: Double?
    let fits: Int?
    let accuracy: [String: Accuracy]?
    let peakRssMb: Double?
    let error: String?

    enum CodingKeys: String, CodingKey {
      case seconds, fits, accuracy, error
      case peakRssMb = "peak_rss_mb"
    }
  }

  private struct Greeting: Decodable {
    let versions: [String: String]
    let models: [String]
  }

  private struct Request: Encodable {
    let csv: String
    let model: String
    let firstSeed: Int
    let seeds: Int
    let levels: [Double]

    enum CodingKeys: String, CodingKey {
      case csv, model, seeds, levels
      case firstSeed = "first_seed"
    }
  }

  /// A peer that cannot be run.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The scripts, in the order of tables; the first is the one that targets are set against.
  static let scripts = [
    "sklearn_plain", "sklearn_joblib", "intelex_plain", "sklearn_intelex", "libsvm_direct",
    "jax_vmap",
  ]

  /// What people call each.
  static let titles = [
    "sklearn_plain": "scikit-learn", "sklearn_joblib": "scikit-learn, tuned",
    "intelex_plain": "scikit-learn-intelex", "sklearn_intelex": "scikit-learn-intelex, tuned",
    "libsvm_direct": "LIBSVM called directly", "jax_vmap": "JAX vmap",
  ]

  let script: String
  let versions: [String: String]
  let models: [String]
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// How many times the seeds of others a round needs, for what starts it not to count.
  var seedFactor: Int {
    switch script {
    case "libsvm_direct": 4
    case "jax_vmap": 16
    default: 1
    }
  }

  var title: String { Self.titles[script] ?? script }

  /// Starts a peer and waits until it is ready.
  init(_ script: String, root: URL) throws {
    self.script = script
    let python = root.appending(path: ".venv-peers/bin/python")
    // Safe: the path is a string.
    guard unsafe access(python.path, X_OK) == 0 else {
      throw Failure(
        description: "there is no \(python.path); set the peers up with Scripts/peers, and run "
          + "bench in the folder of the project")
    }
    process.executableURL = python
    process.arguments = [root.appending(path: "Benchmarks/peers/\(script).py").path]
    process.standardInput = input
    process.standardOutput = output
    // What libraries say on start is of no use here.
    process.standardError = FileHandle.nullDevice
    try process.run()
    var greeting: Greeting?
    let lines = LineReader(output.fileHandleForReading)
    if let line = lines.next() {
      greeting = try? JSONDecoder().decode(Greeting.self, from: line)
    }
    guard let greeting else {
      throw Failure(description: "the peer \(script) did not start; try Scripts/peers --check")
    }
    versions = greeting.versions
    models = greeting.models
    reader = lines
  }

  private let reader: LineReader

  /// Lets the peer do a round.
  func run(csv: String, model: String, firstSeed: Int, seeds: Int) throws -> Answer {
    let request = Request(
      csv: csv, model: model, firstSeed: firstSeed, seeds: seeds, levels: Grid.shares)
    try input.fileHandleForWriting.write(
      contentsOf: try JSONEncoder().encode(request) + Data("\n".utf8))
    guard let line = reader.next() else {
      throw Failure(description: "the peer \(script) ended in the middle of its work")
    }
    let answer = try JSONDecoder().decode(Answer.self, from: line)
    if let error = answer.error { throw Failure(description: "the peer \(script): \(error)") }
    return answer
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// Lines of a pipe, one after another.
private final class LineReader {
  private let handle: FileHandle
  private var buffer = Data()

  init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next line without its end; nil at the end of the pipe.
  func next() -> Data? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[buffer.startIndex..<end])
        buffer = Data(buffer[buffer.index(after: end)...])
        return line
      }
      let chunk = handle.availableData
      if chunk.isEmpty { return nil }
      buffer.append(chunk)
    }
  }
}
