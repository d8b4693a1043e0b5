import Files
import Foundation
public import Reporting
public import Store
public import Sweeps
public import Tracking

/// Brings the store of a study into MLflow: a parent run, and a child for each cell.
///
/// A run is told from others by the store it came from, so what is there is found again: an
/// interrupted publication is completed by the next, and a complete one stays as it is.
public struct StudyPublisher: Sendable {
  private let publisher: Publisher
  private let origin: RunOrigin
  private let data: DataOrigin
  private let renderer: ChartRenderer

  /// A publisher of studies of these data.
  public init(
    _ publisher: Publisher, origin: RunOrigin, data: DataOrigin, renderer: ChartRenderer
  ) {
    (self.publisher, self.origin, self.data, self.renderer) = (publisher, origin, data, renderer)
  }

  /// The tags of the parent run of a store, but for the number of its seeds.
  private static func identity(_ plan: StoredPlan) -> [String: String] {
    let text = plan.digest + plan.createdAt
    let digest = Digest.hash(Array(text.utf8)).prefix(16).hexadecimal
    return ["hemlock.kind": "study", "hemlock.store": digest]
  }

  private static let seedsTag = "hemlock.seeds"

  /// Shows a study as being at work, before its seeds are run.
  ///
  /// One that was stopped is taken up again.
  public func begin(_ store: SweepStore) throws(TrackingError) -> Run {
    try publisher.begin(
      Self.identity(store.plan), name: Self.name(of: store), tags: origin.tags,
      startTime: currentMilliseconds(), lacking: Self.seedsTag)
  }

  /// What the parent run of a store is called.
  private static func name(of store: SweepStore) -> String {
    let attacks = store.cells.map(\.attackName).distinct.filter { $0 != "none" }
    let shown = attacks.prefix(3).joined(separator: ", ")
    let rest = attacks.count > 3 ? " and \(attacks.count - 3) more" : ""
    let isCurves = store.cells.contains { $0.rows.added > 0 }
    return
      "\(isCurves ? "curves of " : "")\(store.plan.datasetName) under \(attacks.isEmpty ? "no attack" : shown + rest)"
  }

  /// What a publication came to.
  public struct Outcome: Sendable {
    /// The parent run.
    public let run: Run
    /// Whether all of it was there before.
    public let wasThere: Bool
    /// Whether charts were rendered to pictures.
    public let hasPictures: Bool
  }

  /// Brings all that a store holds.
  ///
  /// - Parameters:
  ///   - study: The study, where its data are at hand; without it there are neither models nor data
  ///     sets.
  ///   - live: The run that `begin` has made.
  ///   - registration: The name to register models under, if any.
  ///   - threads: Threads to fit the models of runs with, one after the other.
  ///   - progress: Is told how many of the cells are there, at first that none is.
  /// - Throws: `StoreError`, `TrackingError`.
  /// - Complexity: The memory of the seeds of one cell, and of the pictures of 32.
  public func publish(
    _ store: SweepStore, study: Study?, live: Run? = nil,
    registration: String? = nil, threads: Int = 1, progress: (Int, Int) -> Void
  ) throws -> Outcome {
    let content = try StudyContent(store, study)
    let cellCount = content.cells.count
    var identity = Self.identity(content.plan)
    let known = try publisher.backEnd.runs(of: publisher.experiment, tagged: identity)
    identity[Self.seedsTag] = "\(content.seedCount)"
    let sameSeeds = known.filter { $0.tags[Self.seedsTag] == "\(content.seedCount)" }
    if let run = sameSeeds.first(where: { $0.status == .finished }) {
      return Outcome(run: run, wasThere: true, hasPictures: true)
    }
    let unfinished = known.first { $0.status != .finished && $0.tags[Self.seedsTag] == nil }
    let times = try self.times(store, isLive: live != nil)
    let figures = content.figures
    let pictures = renderer.pictures(of: figures.map(\.chart.specification))
    let page = Answer.page(
      of: figures, title: Self.name(of: store), pictures: pictures, renderer)
    let parent = StudyDocument(
      content, identity: identity, name: Self.name(of: store), origin: origin, data: data,
      figures: figures, pictures: pictures, page: page, times: times)
    let run = try publisher.publish(
      parent.run, as: sameSeeds.first ?? live ?? unfinished, finishing: false)
    progress(0, cellCount)
    for first in stride(from: 0, to: cellCount, by: Self.batch) {
      // A defence that is not for a model leaves a cell without fits, which is no run.
      let indices = (first..<min(first + Self.batch, cellCount)).filter {
        content.cells[$0].tally.seedCount > 0 || content.seedCount == 0
      }
      let cells = try indices.map { try CellDocument(content, $0) }
      let isDrawn = pictures != nil && cellCount <= Self.drawnCellCount
      let drawn = !isDrawn ? nil : renderer.pictures(of: cells.map(\.chart))
      for (offset, cell) in cells.enumerated() {
        let document = cell.run(
          identity: ["hemlock.kind": "cell", "hemlock.cell": "\(indices[offset])"],
          origin: origin, data: data, picture: drawn?[offset], registration: registration,
          threads: threads,
          // MLflow lists the newest first: the first cell begins a little later than the others.
          times: (
            start: times.start + cellCount - indices[offset],
            end: max(times.end, times.start + cellCount)
          ))
        try publisher.publish(document, childOf: run)
        progress(indices[offset] + 1, cellCount)
      }
      progress(min(first + Self.batch, cellCount), cellCount)
    }
    try publisher.finish(run, time: times.end)
    return Outcome(run: run, wasThere: false, hasPictures: pictures != nil)
  }

  /// The cells of larger studies have their charts without pictures, each of which takes longer
  /// than all else of the cell.
  private static let drawnCellCount = 128

  /// Cells whose pictures are made together.
  public static let batch = 32

  private func times(
    _ store: SweepStore, isLive: Bool
  ) throws -> (start: Int, end: Int) {
    let styles = [
      Date.ISO8601FormatStyle(includingFractionalSeconds: true),
      Date.ISO8601FormatStyle(includingFractionalSeconds: false),
    ]
    let made = styles.lazy.compactMap { try? $0.parse(store.plan.createdAt) }.first ?? Date()
    let start = Int((made.timeIntervalSince1970 * 1000).rounded())
    let seconds = try store.runSeconds()
    return (start, isLive ? currentMilliseconds() : start + Int((seconds * 1000).rounded()))
  }
}
