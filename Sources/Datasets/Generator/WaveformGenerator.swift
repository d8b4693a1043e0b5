import Foundation
public import LinAlg

/// Breiman's waveforms: three classes of 21 features, each a random mixture of two of three waves.
///
///     x_i = u·h_a(i) + (1 − u)·h_b(i) + z_i,   u uniform on 0…1,   z normal,   i = 1…21
///     h₁(i) = max(6 − |i − 11|, 0),   h₂(i) = h₁(i − 4),   h₃(i) = h₁(i + 4)
///
/// with (a, b) = (1, 2), (1, 3), (2, 3). No classifier is wrong in less than 13.2 %.
///
/// Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees" (1984), section
/// 2.6.2.
public struct WaveformGenerator: DataGenerator {
  /// A third each.
  public let priors = [1.0 / 3, 1.0 / 3, 1.0 / 3]

  private static let featureCount = 21

  /// The waves that a class mixes.
  private static let pairs = [(0, 1), (0, 2), (1, 2)]

  /// Three classes of 21 features.
  public let space: Dataset

  /// Makes the generator, which has no parameters.
  public init() {
    let d = Self.featureCount
    do {
      space = try Dataset(
        name: "waveform", features: Matrix(rows: 0, columns: d), labels: [],
        classNames: ["waves 1 and 2", "waves 1 and 3", "waves 2 and 3"],
        featureNames: (1...d).map { "x\($0)" }, targetName: "class")
    } catch {
      preconditionFailure("Three classes of 21 features are a data set: \(error)")
    }
  }

  /// Adds a row: u is drawn first, then the 21 normal numbers.
  public func appendRow(
    ofClass label: Int, _ stream: inout RandomStream, to elements: inout [Double]
  ) {
    let u = stream.uniform()
    let (a, b) = Self.pairs[label]
    for i in 0..<Self.featureCount {
      elements.append(u * Self.wave(a, i) + (1 - u) * Self.wave(b, i) + stream.normal())
    }
  }

  /// The densities of the classes.
  public var densities: (any ClassDensities)? { Densities() }

  /// Wave 0, 1 or 2 at feature i, from 0.
  private static func wave(_ number: Int, _ i: Int) -> Double {
    let centre = [10.0, 14, 6][number]
    return max(6 - abs(Double(i) - centre), 0)
  }

  /// Integrals over u, which are those of a normal density along a line.
  ///
  ///     f(x) ∝ e^{−(‖w‖² − m²‖v‖²)/2}·(Φ(‖v‖(1 − m)) − Φ(−‖v‖m))/‖v‖
  ///     v = h_a − h_b,   w = x − h_b,   m = wᵀv/‖v‖²
  private struct Densities: ClassDensities {
    func logDensities(at x: [Double]) -> [Double] {
      WaveformGenerator.pairs.map { a, b in
        var (ww, wv, vv) = (0.0, 0.0, 0.0)
        for i in x.indices {
          let base = WaveformGenerator.wave(b, i)
          let (v, w) = (WaveformGenerator.wave(a, i) - base, x[i] - base)
          ww += w * w
          wv += w * v
          vv += v * v
        }
        let (length, m) = (vv.squareRoot(), wv / vv)
        // From the side on which the two probabilities are small, so that they do not cancel.
        let ends = m > 0.5 ? (m - 1, m) : (-m, 1 - m)
        let root = 2.0.squareRoot()
        let share = (erfc(length * ends.0 / root) - erfc(length * ends.1 / root)) / 2
        return -(ww - m * m * vv) / 2 + log(max(share, 1e-300) / length)
      }
    }
  }
}
