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
  }

  /// The scripts and what people call them, in the order of tables; targets are set against the first.
  ///
  /// A round needs some times the seeds of others where what starts it is not to count.
  static let kinds: [(script: String, title: String, seedFactor: Int)] = [
    ("sklearn_plain", "scikit-learn", 1), ("sklearn_joblib", "scikit-learn, tuned", 1),
    ("intelex_plain", "scikit-learn-intelex", 1),
    ("sklearn_intelex", "scikit-learn-intelex, tuned", 1),
    ("libsvm_direct", "LIBSVM called directly", 4), ("jax_vmap", "JAX vmap", 16),
  ]

  let script: String
  let title: String
  let seedFactor: Int
  let versions: [String: String]
  let models: [String]
  private let process: PeerProcess

  /// Starts a peer and waits until it is ready.
  init(_ script: String, title: String, seedFactor: Int) throws {
    (self.script, self.title, self.seedFactor) = (script, title, seedFactor)
    // What libraries say on start is of no use here.
    process = try PeerProcess(
      script, python: ".venv-peers/bin/python", setup: "Scripts/peers", isQuiet: true)
    guard let greeting = try? process.next() as Greeting else {
      throw PeerProcess.Failure(
        description: "the peer \(script) did not start; try Scripts/peers --check")
    }
    (versions, models) = (greeting.versions, greeting.models)
  }

  func run(csv: String, model: String, firstSeed: Int, seeds: Int) throws -> Answer {
    let answer: Answer = try process.ask(
      Request(csv: csv, model: model, firstSeed: firstSeed, seeds: seeds, levels: Grid.shares))
    if let error = answer.error {
      throw PeerProcess.Failure(description: "the peer \(script): \(error)")
    }
    return answer
  }
}
