import ArgumentParser
import Defenses
import Foundation
import LinAlg
import Models
import Reporting

struct LargeTables: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "large",
    abstract: "What one large table takes, against the libraries that people use for it.",
    discussion: """
      The 5 nearest of many points for each of a quarter as many queries, and local outlier factors, by all cores on both \
      sides. Rows are normal, in clusters. Times of peers are those of the search alone, with features and index in \
      memory; `same` is the share of queries for which a peer finds the neighbours that we find, which are \
      those of a plain search in double precision. The peers need `Scripts/peers`.

      Example:
        bench large --peers --rounds 5
      """)

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Option(help: "The one that is run: knn-narrow, knn-wide or lof.")
  var only: String?

  @Flag(help: "Run Python's libraries beside us, in turns.")
  var peers = false

  @Option(help: "The Python that has them.")
  var python = ".venv-peers/bin/python"

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Row: Encodable {
    let task: String
    let seconds: Double
    let oneThreadRatio: Double
    let multiplyAddsANanosecond: Double
    let peer: String?
    let peerSeconds: Double?
    let ratio: Double?
    let same: Double?
  }

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    if let only, !Case.all.contains(where: { $0.name == only }) {
      throw ValidationError(
        "--only cannot be \(only); accepted: \(Case.all.map(\.name).joined(separator: ", "))")
    }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hemlock-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let peer = peers ? try PeerProcess("large", python: python, setup: "Scripts/peers") : nil
    var rows: [Row] = []
    var notes: [String] = []
    for test in Case.all where only.map({ $0 == test.name }) ?? true {
      let tables = test.tables()
      let request = try test.request(tables, in: folder)
      var (own, one): ([Double], [Double]) = ([], [])
      var theirs: [String: [Double]] = [:]
      var same: [String: Double] = [:]
      for round in 0...rounds {
        var found: [Int] = []
        let seconds = Self.seconds { found = test.search(tables, Parallel.coreCount) }
        if round > 0 {
          own.append(seconds)
          if one.count < 3 { one.append(Self.seconds { _ = test.search(tables, 1) }) }
        }
        guard let peer else { continue }
        for name in test.peers {
          let answer: Answer = try peer.ask(request.of(name))
          if let error = answer.error, round == 0 {
            notes.append("\(test.name), \(name): \(error)")
          }
          guard let time = answer.seconds else { continue }
          if round > 0 { theirs[name, default: []].append(time) }
          if round == 0, test.neighborCount > 0 {
            same[name] = try Self.agreement(found, URL(fileURLWithPath: request.output), test)
          }
        }
      }
      let median = { (times: [Double]) in times.sorted()[times.count / 2] }
      let seconds = median(own)
      let rate = test.multiplyAdds / seconds / 1e9
      let names: [String?] = theirs.isEmpty ? [nil] : test.peers.filter { theirs[$0] != nil }
      for name in names {
        let time = name.flatMap { theirs[$0] }.map(median)
        rows.append(
          Row(
            task: test.title, seconds: seconds, oneThreadRatio: median(one) / seconds,
            multiplyAddsANanosecond: rate, peer: name, peerSeconds: time,
            ratio: time.map { $0 / seconds }, same: name.flatMap { same[$0] }))
      }
    }
    show(
      rows, json: json,
      [
        (.text("task"), { .text($0.task) }), (.number("s", 3), { .number($0.seconds) }),
        (.number("× one thread", 2), { .number($0.oneThreadRatio) }),
        (.number("mul-adds/ns", 1), { .number($0.multiplyAddsANanosecond) }),
        (.text("peer"), { .text($0.peer ?? "") }), (.number("s", 3), { .number($0.peerSeconds) }),
        (.number("ratio", 1), { .number($0.ratio) }), (.percent("same", 2), { .number($0.same) }),
      ], notes: notes)
  }

  private static func seconds(_ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    body()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// The share of queries whose neighbours in a file of 64-bit integers are ours, in any order.
  private static func agreement(_ own: [Int], _ file: URL, _ test: Case) throws -> Double {
    let data = try Data(contentsOf: file)
    let k = test.neighborCount
    let theirs = (0..<data.count / 8).map { index in
      (0..<8).reduce(0) { $0 | Int(data[8 * index + $1]) << (8 * $1) }
    }
    let queries = own.count / k
    guard theirs.count == own.count else { return 0 }
    let equal = (0..<queries).count { query in
      Set(own[query * k..<(query + 1) * k]) == Set(theirs[query * k..<(query + 1) * k])
    }
    return Double(equal) / Double(queries)
  }

  /// How long it took, or why it could not be done.
  private struct Answer: Decodable {
    let seconds: Double?
    let error: String?
  }

  private struct Tables: Sendable {
    let points: Matrix<Double>
    /// Nil where each point is asked for the others.
    let queries: Matrix<Double>?
  }

  /// What a peer is to time.
  private struct Request: Encodable {
    var peer = ""
    let points: String
    let queries: String
    let columns: Int
    let neighbors: Int
    let output: String

    func of(_ peer: String) -> Request {
      var request = self
      request.peer = peer
      return request
    }
  }

  private struct Case: Sendable {
    let name: String
    let title: String
    let pointCount: Int
    let queryCount: Int
    let featureCount: Int
    /// k, or 0 for local outlier factors.
    let neighborCount: Int
    let peers: [String]

    static let all = [
      Case(
        name: "knn-narrow", title: "5-NN, 80,000 × 20", pointCount: 80_000,
        queryCount: 20_000, featureCount: 20, neighborCount: 5,
        peers: ["scikit-learn", "scikit-learn-intelex", "faiss"]),
      Case(
        name: "knn-wide", title: "5-NN, 20,000 × 784", pointCount: 20_000,
        queryCount: 5_000, featureCount: 784, neighborCount: 5,
        peers: ["scikit-learn", "scikit-learn-intelex", "faiss"]),
      Case(
        name: "lof", title: "LOF, 50,000 × 20", pointCount: 50_000, queryCount: 0,
        featureCount: 20, neighborCount: 0, peers: ["scikit-learn"]),
    ]

    /// Multiply-adds of the estimates of all distances.
    var multiplyAdds: Double {
      Double(pointCount) * Double(max(queryCount, neighborCount == 0 ? pointCount : 0))
        * Double(featureCount)
    }

    func tables() -> Tables {
      var stream = RandomStream(key: .standard, purpose: .benchmarkRows, seed: 1)
      let centers = (0..<10).map { _ in (0..<featureCount).map { _ in stream.normal() } }
      func rows(_ count: Int) -> Matrix<Double> {
        var elements: [Double] = []
        elements.reserveCapacity(count * featureCount)
        for row in 0..<count {
          for center in centers[row % 10] { elements.append(center + stream.normal()) }
        }
        return Matrix(rows: count, columns: featureCount, elements: elements)
      }
      return Tables(points: rows(pointCount), queries: queryCount > 0 ? rows(queryCount) : nil)
    }

    func search(_ tables: Tables, _ threads: Int) -> [Int] {
      guard let queries = tables.queries else {
        _ = LocalOutlierFactor(of: tables.points, neighborCount: 20, threads: threads).scores
        return []
      }
      return NeighborTable(
        of: queries, among: tables.points, neighborCount: neighborCount, threads: threads
      ).indices
    }

    func request(_ tables: Tables, in folder: URL) throws -> Request {
      let place = { (suffix: String) in folder.appending(path: "\(name).\(suffix)").path }
      try write(tables.points, to: place("points"))
      if let queries = tables.queries { try write(queries, to: place("queries")) }
      return Request(
        points: place("points"), queries: tables.queries == nil ? "" : place("queries"),
        columns: featureCount, neighbors: neighborCount, output: place("found"))
    }

    /// Doubles as they are in memory, the lowest byte of each first.
    private func write(_ matrix: Matrix<Double>, to path: String) throws {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8 * matrix.elements.count)
      for value in matrix.elements {
        var bits = value.bitPattern
        for _ in 0..<8 {
          bytes.append(UInt8(truncatingIfNeeded: bits))
          bits >>= 8
        }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
  }
}
