public import LinAlg

/// `Scaler` for four tables at a time, one in each SIMD lane: the same numbers, the same bits.
///
/// Tables are given by column: feature j of row i is `[j · n + i]`.
public struct LaneScaler: Sendable {
  private typealias Quad = Lanes.Quad

  private let kind: ScalerKind
  private var center: [Lanes.Quad]
  private var scale: [Lanes.Quad]
  private var values: [Double] = []

  /// A scaler of `featureCount` columns that changes nothing yet.
  public init(_ kind: ScalerKind, featureCount: Int) {
    self.kind = kind
    center = Array(repeating: Lanes.Quad(repeating: 0), count: featureCount)
    scale = Array(repeating: Lanes.Quad(repeating: 1), count: featureCount)
  }

  /// Fits the scaler to tables of `rows` rows.
  public mutating func fit(_ columns: [Lanes.Quad], rows: Int) {
    precondition(columns.count == rows * center.count, "\(columns.count) numbers in columns")
    guard rows > 0 else { return }
    switch kind {
    case .none: return
    case .standard:
      for j in center.indices {
        (center[j], scale[j]) = Self.meanAndDeviation(columns, j * rows, rows)
      }
    case .robust:
      for j in center.indices {
        for lane in 0..<4 {
          values.removeAll(keepingCapacity: true)
          for row in 0..<rows { values.append(columns[j * rows + row][lane]) }
          (center[j][lane], scale[j][lane]) = Scaler.medianAndDeviation(values)
        }
      }
    }
  }

  /// Takes centres and scales from a scaler for each lane.
  ///
  /// - Precondition: There are as many as lanes, of as many features.
  public mutating func take(_ scalers: [Scaler]) {
    precondition(scalers.count == 4, "\(scalers.count) scalers for 4 lanes")
    for (lane, scaler) in scalers.enumerated() {
      for j in center.indices {
        (center[j][lane], scale[j][lane]) = (scaler.center[j], scaler.scale[j])
      }
    }
  }

  /// Scales tables of `rows` rows.
  public func transform(_ columns: inout [Lanes.Quad], rows: Int) {
    precondition(columns.count == rows * center.count, "\(columns.count) numbers in columns")
    for j in center.indices {
      Self.transform(&columns, j * rows..<(j + 1) * rows, center: center[j], scale: scale[j])
    }
  }

  /// Scales some numbers of one column as `Scaler.transform` does.
  package static func transform(
    _ columns: inout [Lanes.Quad], _ range: Range<Int>, center: Lanes.Quad, scale: Lanes.Quad
  ) {
    var x = columns.mutableSpan
    let limit = Quad(repeating: Scaler.largestMagnitude)
    for index in range {
      var z = (x[index] - center) / scale
      z.replace(with: limit, where: z .> limit)
      z.replace(with: -limit, where: z .< -limit)
      x[index] = z
    }
  }

  /// Mean and standard deviation of one column, as `Scaler.meanAndDeviation`.
  private static func meanAndDeviation(
    _ columns: [Quad], _ start: Int, _ rows: Int
  ) -> (Quad, Quad) {
    let range = start..<start + rows
    var greatest = Quad(repeating: 0)
    for index in range {
      let x = columns[index]
      let size = x.replacing(with: -x, where: x .< 0)
      greatest.replace(with: size, where: greatest .< size)
    }
    var unit = Quad(repeating: 1)
    for lane in 0..<4 { unit[lane] = Scaler.powerOfTwo(near: greatest[lane]) }
    // The inverse of a power of two is exact, so products are the quotients there.
    let inverse = 1 / unit
    let n = Double(rows)
    var sum = Quad(repeating: 0)
    for index in range { sum += columns[index] * inverse }
    let mean = sum / n
    var squares = Quad(repeating: 0)
    var correction = Quad(repeating: 0)
    for index in range {
      let deviation = columns[index] * inverse - mean
      squares += deviation * deviation
      correction += deviation
    }
    let variance = (squares - correction * correction / n) / n
    let floor = n * mean * .ulpOfOne
    let isConstant = variance .<= n * .ulpOfOne * variance + floor * floor
    let deviation = variance.squareRoot() * unit
    return (mean * unit, deviation.replacing(with: 1, where: isConstant))
  }
}
