import Datasets
import Defenses
import LinAlg
import Models
import Poisoning

/// On how many validation rows models differ that had the same split and other draws, over seeds.
///
/// Under each seed four models learn: two from the training rows with the poison of two draws, and two from
/// clean training rows drawn with replacement, as many. What two poisonings change beyond what two such
/// samples of clean rows change is the doing of the poison.
package struct Disagreement: Sendable, Equatable {
  /// Rows that the models of two poisonings call differently.
  package var poisonings = CountSums()

  /// Rows that the models of two clean samples call differently.
  package var samples = CountSums()

  /// Those less these, seed by seed.
  package var excess = CountSums()

  /// Nothing yet.
  package init() {}

  /// Number of seeds.
  package var seedCount: Int { excess.count }

  /// Takes the predictions of one seed.
  mutating func add(poisonings first: [Int], _ second: [Int], samples one: [Int], _ other: [Int]) {
    let (poisoned, sampled) = (
      zip(first, second).count { $0 != $1 }, zip(one, other).count { $0 != $1 }
    )
    poisonings.add(poisoned)
    samples.add(sampled)
    excess.add(poisoned - sampled)
  }

  /// Over the seeds of both.
  static func += (total: inout Disagreement, next: Disagreement) {
    total.poisonings += next.poisonings
    total.samples += next.samples
    total.excess += next.excess
  }
}

extension Study {
  /// How much every model of the study disagrees with itself in a condition, given by its index.
  ///
  /// The other poisoning is that of the seed with all bits turned, on the rows of the seed itself.
  /// - Precondition: The condition has no defence, and the last seed fits 32 bits.
  /// - Complexity: Four fits a seed and model.
  package func disagreement(
    in condition: Int, firstSeed: UInt32, seedCount: Int, threads: Int
  ) -> [Disagreement] {
    precondition(
      conditions[condition].defense.isEmpty && Int(firstSeed) + seedCount <= Int(UInt32.max) + 1,
      "No disagreement over \(seedCount) seeds from \(firstSeed) on")
    let chunk = 64
    let parts = Parallel.map((seedCount + chunk - 1) / chunk, threads: threads) { index in
      var judge = RedrawnFits(self, conditions[condition])
      for offset in index * chunk..<min(seedCount, (index + 1) * chunk) {
        judge.add(seed: firstSeed + UInt32(offset))
      }
      return judge.found
    }
    return models.indices.map { model in
      parts.reduce(into: Disagreement()) { $0 += $1[model] }
    }
  }
}

/// Fits the models of a study to the four training sets of one seed after another.
private struct RedrawnFits {
  private let study: Study
  private let condition: Condition
  private let drawing: RowDrawing
  private var batch: SeedBatch
  /// One a model; none where the sets differ in size.
  private var workspaces: [BatchWorkspace]
  private var fits: [BatchFit]
  private(set) var found: [Disagreement]

  init(_ study: Study, _ condition: Condition) {
    (self.study, self.condition) = (study, condition)
    drawing = RowDrawing(study)
    batch = SeedBatch(study.shape)
    workspaces = study.models.map { BatchWorkspace($0.learner, study.shape) }
    fits = Array(repeating: BatchFit(study.shape), count: SeedBatch.laneCount)
    found = Array(repeating: Disagreement(), count: study.models.count)
  }

  mutating func add(seed: UInt32) {
    let rows = drawing.rows(seed: seed)
    let poisoned = [seed, ~seed].map {
      Trial(study, condition, rows, seed: $0, model: nil)
    }
    let sampled = [0, 1].map {
      Trial(study, .clean(), rows.resampled($0, key: study.key, seed: seed), seed: seed, model: nil)
    }
    let trials = poisoned + sampled
    let isOneShape = trials.allSatisfy { $0.problem.sampleCount == batch.shape.sampleCount }
    if isOneShape {
      for (lane, trial) in trials.enumerated() { batch.fill(lane, trial) }
    }
    for (model, choice) in study.models.enumerated() {
      var predicted: [[Int]]
      if isOneShape {
        workspaces[model].fit(batch, count: SeedBatch.laneCount, into: &fits)
        predicted = fits.map(\.predicted)
      } else {
        predicted = trials.map { trial in
          choice.learner.fit(trial.problem, threads: 1)
            .predict(trial.validationFeatures, threads: 1).classes
        }
      }
      found[model].add(
        poisonings: predicted[0], predicted[1], samples: predicted[2], predicted[3])
    }
  }
}

extension SeedRows {
  /// The same with training rows drawn with replacement, as many; `sample` tells such sets apart.
  fileprivate func resampled(_ sample: Int, key: RandomKey, seed: UInt32) -> SeedRows {
    var stream = RandomStream(key: key, purpose: .resampledRows, seed: seed, row: sample)
    let places = (0..<pool.count).map { _ in stream.integer(below: pool.count) }
    return SeedRows(
      pool: TrainingSet(
        features: pool.features.selectingRows(places), labels: places.map { pool.labels[$0] },
        rowIDs: places.map { pool.rowIDs[$0] }, classCount: pool.classCount,
        encoding: pool.encoding),
      validation: validation, trusted: trusted, split: split)
  }
}

extension SeedBatch {
  /// Puts the scaled rows of a trial into a lane.
  fileprivate mutating func fill(_ lane: Int, _ trial: Trial) {
    labels[lane] = trial.problem.labels
    weights[lane] = trial.problem.weights
    validationLabels[lane] = trial.validationLabels
    Self.copy(trial.problem.features, to: &columns, lane)
    Self.copy(trial.validationFeatures, to: &validationColumns, lane)
  }

  private static func copy(_ rows: Matrix<Double>, to columns: inout [Quad], _ lane: Int) {
    for row in 0..<rows.rows {
      for j in 0..<rows.columns {
        columns[j * rows.rows + row][lane] = rows.elements[row * rows.columns + j]
      }
    }
  }
}
