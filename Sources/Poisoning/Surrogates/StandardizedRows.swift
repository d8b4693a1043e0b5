import Datasets
import LinAlg
import Models

/// The rows of one exposure as an attacker's own model gets them.
///
///     (x − m_j) / s_j,   m and s: mean and deviation over the clean training rows
///
/// Values far beyond the training rows are held at ±1e100, so that no sum overflows, and what is not
/// a number stands at the mean.
struct StandardizedRows: Sendable {
  /// The training rows, n × d.
  let training: Matrix<Double>

  /// The validation rows; none where they are not granted.
  let validation: Matrix<Double>

  init(_ exposure: Exposure, seesValidation: Bool = false) {
    let scaler = Scaler(.standard, fittedTo: exposure.training.features)
    training = Self.bounded(scaler.transform(exposure.training.features))
    let granted = seesValidation ? exposure.validation?.features : nil
    validation =
      granted.map { Self.bounded(scaler.transform($0)) }
      ?? Matrix(rows: 0, columns: training.columns)
  }

  private static func bounded(_ matrix: Matrix<Double>) -> Matrix<Double> {
    var matrix = matrix
    matrix.withMutableElements { x in
      for index in x.indices { x[index] = x[index].isNaN ? 0 : min(max(x[index], -1e100), 1e100) }
    }
    return matrix
  }
}

extension Exposure {
  /// The sizes of the problem that an attacker's own model is fitted to.
  private func shape(seesValidation: Bool) -> SeedBatch.Shape {
    SeedBatch.Shape(
      sampleCount: training.count, featureCount: training.features.columns,
      classCount: training.classCount,
      validationCount: seesValidation ? validation?.count ?? 0 : 0)
  }

  /// The runs of up to four exposures that fit one batch.
  static func groups(_ exposures: [Exposure], seesValidation: Bool = false) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    while start < exposures.count {
      let shape = exposures[start].shape(seesValidation: seesValidation)
      var end = start + 1
      while end < exposures.count, end - start < SeedBatch.laneCount,
        exposures[end].shape(seesValidation: seesValidation) == shape
      { end += 1 }
      groups.append(start..<end)
      start = end
    }
    return groups
  }

  /// The standardised rows of up to four exposures of one shape; lanes beyond repeat the first.
  static func batch(
    _ exposures: ArraySlice<Exposure>, seesValidation: Bool = false
  ) -> SeedBatch {
    var batch = SeedBatch(exposures[exposures.startIndex].shape(seesValidation: seesValidation))
    let (n, v) = (batch.shape.sampleCount, batch.shape.validationCount)
    let rows = exposures.map { StandardizedRows($0, seesValidation: seesValidation) }
    for lane in 0..<SeedBatch.laneCount {
      let index = lane < rows.count ? lane : 0
      let exposure = exposures[exposures.startIndex + index]
      batch.labels[lane] = exposure.training.labels
      if seesValidation { batch.validationLabels[lane] = exposure.validation?.labels ?? [] }
      for j in 0..<batch.shape.featureCount {
        for row in 0..<n { batch.columns[j * n + row][lane] = rows[index].training[row, j] }
        for row in 0..<v {
          batch.validationColumns[j * v + row][lane] = rows[index].validation[row, j]
        }
      }
    }
    return batch
  }

  /// The place of each position in the order in which attacks that choose no rows take them.
  var ranks: [Int] {
    var ranks = order
    for (rank, row) in order.enumerated() { ranks[row] = rank }
    return ranks
  }
}

extension TrainingSet {
  /// The classes that rows are relabelled to: those that have a row; all where one alone has.
  var rivalClasses: [Int] {
    let present = classCounts.indices.filter { classCounts[$0] > 0 }
    return present.count >= 2 ? present : Array(0..<classCount)
  }
}
