import Foundation
import LinAlg
import Models
import Reporting

/// How the times of large tables grow with rows, columns and threads.
struct LargeGrowth {
  struct Point: Encodable {
    let task: String
    let against: String
    let size: Int
    let seconds: Double
    /// p of time ∝ size^p since the row above.
    let power: Double?
  }

  let rounds: Int

  private static let tasks: [LargeCase.Task] = [
    .neighbors(5), .outliers, .machines(.rbf(gamma: .scale)), .machines(.linear), .softmax,
  ]

  /// Measures all curves and prints them.
  func run(json: Bool) throws {
    var points: [Point] = []
    let cores = Parallel.coreCount
    for task in Self.tasks {
      points += try curve(task, "rows", [5_000, 10_000, 20_000, 40_000]) {
        (.clusters($0, queries: $0 / 4, features: 20, classes: 4), cores)
      }
      points += try curve(task, "columns", [10, 20, 40, 80, 160]) {
        (.clusters(10_000, queries: 2_500, features: $0, classes: 4), cores)
      }
      points += try curve(task, "threads", Array(1...max(cores, 2))) {
        (.clusters(20_000, queries: 5_000, features: 20, classes: 4), $0)
      }
    }
    show(
      points, json: json,
      [
        (.text("task"), { .text($0.task) }), (.text("against"), { .text($0.against) }),
        (.count("size"), { .count($0.size) }), (.number("s", 3), { .number($0.seconds) }),
        (.number("power", 2), { .number($0.power) }),
      ], group: \.task)
  }

  private func curve(
    _ task: LargeCase.Task, _ against: String, _ sizes: [Int],
    data: (Int) -> (LargeData, threads: Int)
  ) throws -> [Point] {
    var points: [Point] = []
    for size in sizes {
      let (data, threads) = data(size)
      let test = LargeCase(name: task.name, title: "", task: task, data: data, peers: [])
      let tables = try data.tables()
      let times = try (0..<rounds).map { _ in try test.run(tables, threads: threads).seconds }
      let seconds = times.sorted()[rounds / 2]
      let power = points.last.map {
        log(seconds / $0.seconds) / log(Double(size) / Double($0.size))
      }
      points.append(
        Point(task: task.name, against: against, size: size, seconds: seconds, power: power))
    }
    return points
  }
}
