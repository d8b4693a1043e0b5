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
  private let process: PeerProcess

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
  init(_ script: String) throws {
    self.script = script
    // What libraries say on start is of no use here.
    process = try PeerProcess(
      script, python: ".venv-peers/bin/python", setup: "Scripts/peers", isQuiet: true)
    guard let greeting = try? process.next() as Greeting else {
      throw PeerProcess.Failure(
        description: "the peer \(script) did not start; try Scripts/peers --check")
    }
    versions = greeting.versions
    models = greeting.models
  }

  /// Lets the peer do a round.
  func run(csv: String, model: String, firstSeed: Int, seeds: Int) throws -> Answer {
    let answer: Answer = try process.ask(
      Request(csv: csv, model: model, firstSeed: firstSeed, seeds: seeds, levels: Grid.shares))
    if let error = answer.error {
      throw PeerProcess.Failure(description: "the peer \(script): \(error)")
    }
    return answer
  }
}
