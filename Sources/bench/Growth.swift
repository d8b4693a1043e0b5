import Datasets
import LinAlg
import Reporting
import Sweeps

/// How time and memory of the grid grow with seeds, rows, features and threads.
struct Growth {
  /// One point of one curve.
  struct Point: Encodable {
    let against: String
    let size: Int
    let fits: Int
    let seconds: Double
    let microsecondsPerFit: Double
    let peakMegabytes: Double
  }

  let rounds: Int

  /// Measures all curves and prints them.
  func run(json: Bool) throws {
    var points: [Point] = []
    let threads = Parallel.coreCount
    let iris = EmbeddedDataset.iris.load()
    // The last is a million fits: 83,334 seeds × 12 cells.
    for seeds in [1_000, 10_000, 100_000, 83_334] {
      points.append(try point("seeds", seeds, iris, seeds: seeds, threads: threads))
    }
    for rows in [60, 120, 250, 500, 1_000, 2_000, 4_000] {
      let data = try Self.synthetic(rows: rows, features: 4)
      points.append(try point("rows", rows, data, seeds: max(4, 20_000 / rows), threads: threads))
    }
    for features in [2, 4, 8, 16, 32, 64] {
      let data = try Self.synthetic(rows: 150, features: features)
      points.append(try point("features", features, data, seeds: 256, threads: threads))
    }
    for count in 1...max(threads, 2) {
      points.append(try point("threads", count, iris, seeds: 4_096, threads: count))
    }
    show(
      points, json: json,
      [
        (.text("against"), { .text($0.against) }), (.count("size"), { .count($0.size) }),
        (.count("fits"), { .count($0.fits) }), (.number("seconds", 3), { .number($0.seconds) }),
        (.number("µs a fit"), { .number($0.microsecondsPerFit) }),
        (.number("peak MB", 0), { .number($0.peakMegabytes) }),
      ], group: \.against)
  }

  private func point(
    _ against: String, _ size: Int, _ dataset: Dataset, seeds: Int, threads: Int
  ) throws -> Point {
    guard let (_, study) = try Grid(dataset).studies.last else { preconditionFailure("No grid") }
    let engine = StudyEngine(study, threads: threads)
    let fits = seeds * study.cellCount
    Machine.resetPeak()
    // Long measurements need no repetition.
    let count = fits >= 400_000 ? 1 : rounds
    let median = Rounds.medianSeconds(
      count, of: [{ _ = engine.summaries(seedCount: seeds) }], warmsUp: count > 1)[0]
    return Point(
      against: against, size: size, fits: fits, seconds: median,
      microsecondsPerFit: median / Double(fits) * 1e6, peakMegabytes: Machine.peakMegabytes)
  }

  /// Three overlapping Gaussian classes.
  private static func synthetic(rows: Int, features: Int) throws -> Dataset {
    var stream = RandomStream(purpose: .benchmarkGrowth, seed: 1)
    let labels = (0..<rows).map { $0 * 3 / rows }
    let elements = labels.flatMap { label in
      (0..<features).map { j in
        stream.normal() + (j < 4 ? Double(label) * 1.5 : 0)
      }
    }
    return try Dataset(
      name: "synthetic", features: Matrix(rows: rows, columns: features, elements: elements),
      labels: labels, classNames: ["a", "b", "c"],
      featureNames: (0..<features).map { "x\($0)" }, targetName: "class")
  }
}
