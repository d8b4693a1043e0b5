import ArgumentParser
import Foundation
import LinAlg
import Reporting

struct LargeTables: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "large",
    abstract: "What one large table takes, against the libraries that people use for it.",
    discussion: """
      Searches and fits by all cores on both sides, with the table in memory. `ratio` is a library's time by \
      ours. `same` is the share of queries for which it finds the neighbours that we find, which are those of a \
      plain search in double precision. `excess` is by how much its objective is worse than the best of all, \
      in millionths of that; one script computes all of them. `predict` is in seconds, `1 core` our time \
      on one core by that on all, `MB` the most memory that was taken besides the table. A library that takes more than half a minute runs \
      once. The libraries need `Scripts/peers`, Fashion-MNIST Debian's package dataset-fashion-mnist. What takes many \
      minutes, fashion-whole and softmax-fashion, runs only when --only asks for it.

      Example:
        bench large --peers --rounds 5
        bench large --peers --rounds 1 --only fashion-whole
        bench large --growth --rounds 3
      """)

  @Option(help: "Rounds that are counted.")
  var rounds = 5

  @Option(help: "The one that is run: \(LargeCase.all.map(\.name).joined(separator: ", ")).")
  var only: String?

  @Flag(help: "Run Python's libraries beside us, in turns.")
  var peers = false

  @Option(help: "The Python that has them.")
  var python = ".venv-peers/bin/python"

  @Flag(help: "Measure how our times grow with rows, columns and threads instead.")
  var growth = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Row: Encodable {
    let task: String
    let title: String
    let library: String
    let seconds: Double
    let ratio: Double?
    let predictionSeconds: Double?
    let predictionRatio: Double?
    let same: Double?
    let excess: Double?
    let oneThreadRatio: Double?
    /// Of all distances, whether or not all were computed.
    let multiplyAddsANanosecond: Double?
    /// What that is of what `sgemm` does on all cores.
    let shareOfPeak: Double?
    /// The most memory that it took besides the table.
    let megabytes: Double?
  }

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    if growth, peers || only != nil {
      throw ValidationError(
        "--growth measures Hemlock alone, all tasks: leave out --peers and --only")
    }
    if let only, !LargeCase.all.contains(where: { $0.name == only }) {
      throw ValidationError(
        "--only cannot be \(only); accepted: "
          + LargeCase.all.map(\.name).joined(separator: ", "))
    }
  }

  func run() throws {
    if growth { return try LargeGrowth(rounds: rounds).run(json: json) }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hemlock-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let peer = peers ? try PeerProcess("large", python: python, setup: "Scripts/peers") : nil
    var rows: [Row] = []
    var notes: [String] = [""]
    let peak = Self.productPeak()
    for test in LargeCase.all where only.map({ $0 == test.name }) ?? !test.isLong {
      let added = try measure(test, peer, folder, peak: peak, &notes)
      let share = added.first?.shareOfPeak.map { share in
        "; " + String(format: "%.0f", 100 * share) + " % of sgemm, were all distances computed"
      }
      notes.append("\(test.name): \(test.title)\(share ?? "")")
      rows += added
    }
    notes.append(
      "sgemm: " + String(format: "%.0f", peak)
        + " multiply-adds a nanosecond on \(Parallel.coreCount) cores, "
        + Machine.processorName)
    show(
      rows, json: json,
      [
        (.text("task"), { .text($0.task) }), (.text("library"), { .text($0.library) }),
        (.number("s", 3), { .number($0.seconds) }), (.number("ratio", 1), { .number($0.ratio) }),
        (.number("predict", 3), { .number($0.predictionSeconds) }),
        (.number("ratio", 1), { .number($0.predictionRatio) }),
        (.percent("same", 2), { .number($0.same) }), (.number("excess", 2), { .number($0.excess) }),
        (.number("1 core", 2), { .number($0.oneThreadRatio) }),
        (.number("MB", 0), { .number($0.megabytes) }),
      ], group: \.task, notes: notes)
  }

  /// Multiply-adds a nanosecond of products of square matrices in single precision, on all cores.
  private static func productPeak() -> Double {
    let (size, cores) = (1_024, Parallel.coreCount)
    let factor = Matrix<Float>(rows: size, columns: size, repeating: 0.5)
    let seconds = Rounds.medianSeconds(
      5,
      of: [
        {
          Parallel.forEach(cores, threads: cores) { _ in
            var product = Matrix<Float>(rows: size, columns: size)
            for _ in 0..<4 { BLAS.gemm(factor, factor, into: &product) }
          }
        }
      ], warmsUp: true)[0]
    return Double(4 * cores * size * size * size) / seconds / 1e9
  }

  /// The times of one library.
  private struct Times {
    var seconds: [Double] = []
    var predicting: [Double] = []
    var same: Double?
    var objective: Double?
    var megabytes: Double?

    static func median(_ times: [Double]) -> Double? {
      times.isEmpty ? nil : times.sorted()[times.count / 2]
    }
  }

  private func measure(
    _ test: LargeCase, _ peer: PeerProcess?, _ folder: URL, peak: Double, _ notes: inout [String]
  ) throws -> [Row] {
    let tables = try test.data.tables()
    let request = try Request(test, tables, in: folder)
    var (own, oneThread) = (Times(), [Double]())
    var theirs: [String: Times] = [:]
    for round in 0...rounds {
      if peer != nil { Self.settle() }
      Machine.resetPeak()
      let before = Machine.peakMegabytes
      let outcome = try test.run(tables, threads: Parallel.coreCount)
      own.megabytes = max(own.megabytes ?? 0, Machine.peakMegabytes - before)
      if round == 0 {
        own.objective = try objective(of: outcome.solution, request, peer)
      } else {
        own.seconds.append(outcome.seconds)
        outcome.predicting.map { own.predicting.append($0) }
        if oneThread.count < 3 {
          // Else it would find in cache what the run before has read.
          if peer != nil { Self.settle() }
          oneThread.append(try test.run(tables, threads: 1).seconds)
        }
      }
      guard let peer else { continue }
      for name in test.peers where round == 0 || theirs[name] != nil {
        var times = theirs[name] ?? Times()
        if round > 0, times.seconds.count == 1, (times.seconds.first ?? 0) > 30 { continue }
        Self.settle()
        let answer: Answer = try peer.ask(request.of(name))
        if let error = answer.error {
          if round == 0 { notes.append("\(test.name), \(name): \(error)") }
          continue
        }
        guard let seconds = answer.seconds else { continue }
        times.megabytes = max(times.megabytes ?? 0, answer.megabytes ?? 0)
        if round == 0, answer.isWritten == true {
          if test.task.name == "neighbors" {
            times.same = try agreement(outcome.neighbors, request, tables.queries.rows)
          } else {
            times.objective = try objective(request, peer)
          }
        }
        // The first round warms up, but for what takes long.
        if round > 0 || seconds > 30 {
          times.seconds.append(seconds)
          answer.predicting.map { times.predicting.append($0) }
        }
        theirs[name] = times
      }
    }
    return Self.rows(test, own, oneThread, theirs, test.multiplyAdds(tables), peak: peak)
  }

  /// Waits until no thread of the library before spins any more: those of OpenMP do for 0.2 seconds.
  private static func settle() { Thread.sleep(forTimeInterval: 0.4) }

  private static func rows(
    _ test: LargeCase, _ own: Times, _ oneThread: [Double], _ theirs: [String: Times],
    _ multiplyAdds: Double?, peak: Double
  ) -> [Row] {
    let seconds = Times.median(own.seconds) ?? 0
    let predicting = Times.median(own.predicting)
    let best = ([own.objective] + theirs.values.map(\.objective)).compactMap { $0 }.min()
    func excess(_ times: Times) -> Double? {
      guard let best, let objective = times.objective else { return nil }
      return (objective - best) / abs(best) * 1e6
    }
    let ours = Row(
      task: test.name, title: test.title, library: "Hemlock", seconds: seconds, ratio: nil,
      predictionSeconds: predicting, predictionRatio: nil, same: nil, excess: excess(own),
      oneThreadRatio: Times.median(oneThread).map { $0 / seconds },
      multiplyAddsANanosecond: multiplyAdds.map { $0 / seconds / 1e9 },
      shareOfPeak: multiplyAdds.map { $0 / seconds / 1e9 / peak }, megabytes: own.megabytes)
    return [ours]
      + test.peers.compactMap { name in
        guard let times = theirs[name], let time = Times.median(times.seconds) else { return nil }
        let predictingTime = Times.median(times.predicting)
        return Row(
          task: test.name, title: test.title, library: name, seconds: time, ratio: time / seconds,
          predictionSeconds: predictingTime,
          predictionRatio: predictingTime.flatMap { time in predicting.map { time / $0 } },
          same: times.same, excess: excess(times), oneThreadRatio: nil,
          multiplyAddsANanosecond: multiplyAdds.map { $0 / time / 1e9 },
          shareOfPeak: multiplyAdds.map { $0 / time / 1e9 / peak }, megabytes: times.megabytes)
      }
  }

  private func objective(
    of solution: [Double], _ request: Request, _ peer: PeerProcess?
  ) throws -> Double? {
    guard let peer, !solution.isEmpty else { return nil }
    try LargeData.Tables.write(solution.map(\.bitPattern), to: request.output)
    return try objective(request, peer)
  }

  /// What the solution in the output file is worth.
  private func objective(_ request: Request, _ peer: PeerProcess) throws -> Double? {
    let answer: Answer = try peer.ask(request.of("objective"))
    return answer.objective
  }

  /// The share of queries whose neighbours in the output file are ours, in any order.
  private func agreement(_ own: [Int], _ request: Request, _ queries: Int) throws -> Double {
    let data = try Data(contentsOf: URL(fileURLWithPath: request.output))
    let k = request.neighbors
    let theirs = (0..<data.count / 8).map { index in
      (0..<8).reduce(0) { $0 | Int(data[8 * index + $1]) << (8 * $1) }
    }
    guard theirs.count == own.count else { return 0 }
    let equal = (0..<queries).count { query in
      Set(own[query * k..<(query + 1) * k]) == Set(theirs[query * k..<(query + 1) * k])
    }
    return Double(equal) / Double(queries)
  }

  /// How long it took, what it is worth, or why it could not be done.
  private struct Answer: Decodable {
    let seconds: Double?
    let predicting: Double?
    let isWritten: Bool?
    let objective: Double?
    let error: String?
    let megabytes: Double?
  }

  /// What a peer is to time.
  private struct Request: Encodable {
    var peer = ""
    let task: String
    let points: String
    let labels: String
    let queries: String
    let columns: Int
    let neighbors: Int
    let output: String

    init(_ test: LargeCase, _ tables: LargeData.Tables, in folder: URL) throws {
      task = test.task.name
      (points, labels, queries) = try tables.write(test.name, in: folder)
      columns = tables.points.columns
      if case .neighbors(let k) = test.task { neighbors = k } else { neighbors = 0 }
      output = folder.appending(path: "\(test.name).found").path
    }

    func of(_ peer: String) -> Request {
      var request = self
      request.peer = peer
      return request
    }
  }
}
