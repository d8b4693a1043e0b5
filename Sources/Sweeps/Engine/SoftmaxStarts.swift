import Defenses
import LinAlg
import Models

/// Where Newton's method starts in each cell: the mean solution of the cell under seeds 0 to 3.
///
/// A start depends on data, condition and model alone, so a fit is the same in every study that has it.
struct SoftmaxStarts: Sendable {
  private var starts: [Matrix<Double>?]

  /// Finds the starts of cells, of all by default.
  init(_ study: Study, of cells: [Bool]? = nil) {
    var source = BatchSource(study)
    var fits = [BatchFit](repeating: BatchFit(study.shape), count: SeedBatch.laneCount)
    starts = Array(repeating: nil, count: study.cellCount)
    let regressions = study.models.indices.filter {
      study.models[$0].learner is SoftmaxRegression
    }
    guard !regressions.isEmpty else { return }
    source.begin(firstSeed: 0, count: SeedBatch.laneCount)
    for condition in study.conditions.indices {
      // A defence in training has its own learners, which do not start from here.
      guard study.conditions[condition].defense.training == nil else { continue }
      let here = regressions.filter { cells?[study.position(condition, $0)] ?? true }
      for model in here {
        source.fill(condition, model: model, isFirst: model == here[0], SeedBatch.laneCount)
        var workspace = BatchWorkspace(study.models[model].learner, source.batch.shape)
        guard workspace.isSmall else { continue }
        workspace.fit(source.batch, count: SeedBatch.laneCount, into: &fits)
        let solutions = (0..<SeedBatch.laneCount).compactMap(workspace.softmaxCoefficients)
        starts[study.position(condition, model)] = Self.mean(solutions)
      }
    }
  }

  /// The start of a cell; nil for zero.
  subscript(cell: Int) -> Matrix<Double>? { starts[cell] }

  private static func mean(_ solutions: [Matrix<Double>]) -> Matrix<Double>? {
    guard let first = solutions.first else { return nil }
    var sums = [Double](repeating: 0, count: first.elements.count)
    for solution in solutions {
      for index in sums.indices { sums[index] += solution.elements[index] }
    }
    return Matrix(
      rows: first.rows, columns: first.columns,
      elements: sums.map { $0 / Double(solutions.count) })
  }
}
