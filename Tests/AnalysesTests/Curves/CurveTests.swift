import Analyses
import Foundation
import LinAlg
import Sweeps
import TestSupport
import Testing

/// Fits of learning curves against SciPy's, from many starts, on the same points.
struct CurveTests {
  private struct Reference: Decodable {
    struct Fit: Decodable {
      let squares: Double
      let values: [Double]
    }

    struct Case: Decodable {
      let rows: [Double]
      let accuracies: [Double]
      let errors: [Double]
      let fits: [String: Fit]
      let isotonic: [Double]

      var points: [CurvePoint] {
        rows.indices.map {
          CurvePoint(rows: rows[$0], accuracy: accuracies[$0], standardError: errors[$0])
        }
      }
    }

    let cases: [Case]
  }

  private let cases: [Reference.Case]

  init() throws { cases = try fixture("curves", as: Reference.self).cases }

  /// No fit is worse than the best of SciPy's 60 starts; where the minimum is the same, so is the curve.
  @Test(arguments: CurveFamily.single) func fitsAreAtLeastSciPys(family: CurveFamily) throws {
    for (number, test) in cases.enumerated() {
      let reference = try #require(test.fits[family.rawValue])
      let fit = CurveFit(family, to: test.points)
      // The bounds are open here, so a minimum on one is approached, by 1e-4 of the squares at most.
      #expect(
        fit.squares <= reference.squares * (1 + 1e-4) + 1e-9,
        "case \(number): \(fit.parameters)")
      guard abs(fit.squares - reference.squares) < 1e-9 * reference.squares else { continue }
      for (place, value) in reference.values.enumerated() {
        // Squares that agree to 1e-9 leave √1e-9 of a standard error to the curve, and √ of its squares.
        let bound = 1e-4 * test.errors[place] * (1 + reference.squares.squareRoot())
        #expect(abs(fit.accuracy(rows: test.rows[place]) - value) < bound)
      }
    }
  }

  @Test func isotonicCurvesAreScikitLearns() {
    for test in cases {
      for (ours, theirs) in zip(test.points.pooledAccuracies, test.isotonic) {
        #expect(abs(ours - theirs) < 1e-12)
      }
    }
    let points = [(10, 0.5), (20, 0.7), (40, 0.6), (80, 0.9)].map {
      CurvePoint(rows: $0.0, accuracy: $0.1, standardError: 0.1)
    }
    #expect(points.pooledAccuracies.map { ($0 * 1000).rounded() } == [500, 650, 650, 900])
  }

  /// Points on a curve give the curve back.
  @Test func exactPointsAreFound() {
    let truth = [0.95, 1.2, 0.7]
    let points = (4..<12).map { power -> CurvePoint in
      let n = Double(1 << power)
      return CurvePoint(
        rows: n, accuracy: CurveFamily.pow3.value(n, truth), standardError: 0.001)
    }
    let fit = CurveFit(.pow3, to: points)
    for (ours, theirs) in zip(fit.parameters, truth) { #expect(abs(ours - theirs) < 1e-4) }
    let choice = CurveChoice(points)
    #expect(abs(choice.fit.accuracy(rows: 10_000) - CurveFamily.pow3.value(10_000, truth)) < 1e-3)
    #expect(choice.heldOutErrors.first?.family == .last1)
    #expect(choice.fit.family != .last1)
  }

  /// Parameters are within their bounds, and the same every time.
  @Test(arguments: CurveFamily.single) func boundsHold(family: CurveFamily) {
    for test in cases {
      let fit = CurveFit(family, to: test.points)
      #expect(fit.parameters[0] <= 1)
      for (index, value) in fit.parameters.enumerated().dropFirst() {
        #expect(value >= 0 || (family == .mmf4 && index == 2))
      }
      #expect(fit == CurveFit(family, to: test.points))
    }
  }
}
