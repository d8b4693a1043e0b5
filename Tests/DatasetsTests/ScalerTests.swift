import Datasets
import LinAlg
import TestSupport
import Testing

struct ScalerTests {
  private static func column(_ values: [Double]) -> Matrix<Double> {
    Matrix(rows: values.count, columns: 1, elements: values)
  }

  @Test(arguments: EmbeddedDataset.allCases)
  func standardEqualsScikitLearns(_ embedded: EmbeddedDataset) throws {
    let set = embedded.load()
    let reference = try Reference.table(embedded.rawValue)
    let scaler = Scaler(.standard, fittedTo: set.features)
    let scaled = scaler.transform(set.features)
    // Each of two sums of n terms has a relative error up to n·ε/2, and so has the root of the
    // mean square; the term (n·ε·m)² is far below, as no mean is 10⁶ times its deviation.
    let unit = Double(set.sampleCount) * .ulpOfOne
    for j in 0..<set.featureCount {
      let (center, scale) = (
        reference.standardCenter[j].value, reference.standardScale[j].value
      )
      #expect(abs(scaler.center[j] - center) <= unit * center, "center \(j)")
      #expect(abs(scaler.scale[j] - scale) <= unit * scale, "scale \(j)")
      let rows = [
        (0, reference.standardFirstRow[j].value),
        (set.sampleCount - 1, reference.standardLastRow[j].value),
      ]
      for (row, expected) in rows {
        // Errors of center and scale, and of the subtraction and division themselves.
        let bound = unit * center / scale + (unit + 2 * .ulpOfOne) * abs(expected)
        #expect(abs(scaled[row, j] - expected) <= bound, "row \(row), column \(j)")
      }
    }
  }

  @Test(arguments: EmbeddedDataset.allCases)
  func robustEqualsMediansOfNumpy(_ embedded: EmbeddedDataset) throws {
    let reference = try Reference.table(embedded.rawValue)
    let scaler = Scaler(.robust, fittedTo: embedded.load().features)
    // The same few roundings in the same order, so the same bits.
    #expect(scaler.center == reference.medians.map(\.value))
    #expect(
      scaler.scale
        == reference.medianDeviations.map { $0.value == 0 ? 1 : 1.4826022185056018 * $0.value })
  }

  @Test func noneChangesNothing() {
    let matrix: Matrix<Double> = normalMatrix(7, 3, seed: 1)
    let scaler = Scaler(.none, fittedTo: matrix)
    #expect(scaler.center == [0, 0, 0])
    #expect(scaler.scale == [1, 1, 1])
    #expect(scaler.transform(matrix) == matrix)
  }

  @Test(arguments: ScalerKind.allCases)
  func isDefinedWithoutRowsOrColumns(_ kind: ScalerKind) {
    let scaler = Scaler(kind, fittedTo: Matrix(rows: 0, columns: 2))
    #expect(scaler.center == [0, 0])
    #expect(scaler.scale == [1, 1])
    #expect(scaler.transform(Matrix(rows: 0, columns: 2)).rows == 0)
    #expect(Scaler(kind, fittedTo: Matrix(rows: 3, columns: 0)).center.isEmpty)
  }

  @Test(arguments: [ScalerKind.standard, .robust], [0.1, 1, -3e200, 0, 0x1p-1040])
  func keepsConstantColumns(_ kind: ScalerKind, _ value: Double) {
    let matrix = Self.column([Double](repeating: value, count: 10))
    let scaler = Scaler(kind, fittedTo: matrix)
    #expect(scaler.scale == [1])
    // Ten additions, each rounded.
    #expect(abs(scaler.center[0] - value) <= 10 * .ulpOfOne * abs(value))
  }

  @Test func oneRowHasNoSpread() {
    #expect(Scaler(.standard, fittedTo: Self.column([5])).scale == [1])
    #expect(
      Scaler(.robust, fittedTo: Self.column([5])) == Scaler(.standard, fittedTo: Self.column([5])))
  }

  /// Powers of two change no bit of the result, up to the ends of the range.
  @Test(arguments: [-1000, -300, 0, 300, 1021])
  func scalesWithItsColumn(_ exponent: Int) {
    let values = normalArray(101, seed: 2)
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    for kind in [ScalerKind.standard, .robust] {
      let plain = Scaler(kind, fittedTo: Self.column(values))
      let scaled = Scaler(kind, fittedTo: Self.column(values.map { $0 * unit }))
      #expect(scaled.center == [plain.center[0] * unit])
      #expect(scaled.scale == [plain.scale[0] * unit])
    }
  }

  @Test func centersTheEndsOfTheRange() {
    let greatest = Double.greatestFiniteMagnitude
    let matrix = Self.column([greatest, -greatest, greatest, -greatest])
    #expect(Scaler(.standard, fittedTo: matrix).center == [0])
    #expect(Scaler(.standard, fittedTo: matrix).scale == [greatest])
    #expect(Scaler(.robust, fittedTo: Self.column([greatest, greatest])).center == [greatest])
  }

  @Test(arguments: [
    ([3.0, 1, 2], 2.0, 1.0), ([4, 1, 3, 2], 2.5, 1), ([0, 0, 0, 9], 0, 0), ([7], 7, 0),
  ])
  func takesTheMiddle(_ values: [Double], _ median: Double, _ deviation: Double) {
    let scaler = Scaler(.robust, fittedTo: Self.column(values))
    #expect(scaler.center == [median])
    #expect(scaler.scale == [deviation == 0 ? 1 : 1.4826022185056018 * deviation])
  }

  @Test func transformsOtherRows() {
    let scaler = Scaler(.standard, fittedTo: Self.column([1, 3]))
    #expect(scaler.transform(Self.column([2, 5])).elements == [0, 3])
  }

  /// Quotients beyond all doubles, or whose squares are, come to the largest magnitude.
  @Test func quotientsAreBounded() {
    let far = Self.column([1e50, -1e50, 1e300, 0])
    let robust = Scaler(.robust, fittedTo: Self.column([0, 1e-300, 2e-300, 3e-300]))
    #expect(robust.transform(far).elements[..<3] == [1e50, -1e50, 1e50])
    #expect(Scaler(.none, fittedTo: far).transform(far).elements == [1e50, -1e50, 1e50, 0])
    let greatest = Double.greatestFiniteMagnitude
    let ends = Self.column([greatest, -greatest, greatest, -greatest])
    let scaler = Scaler(.robust, fittedTo: ends)
    #expect(scaler.transform(ends).elements.allSatisfy { abs($0) <= 1 })
    #expect(Scaler(.none, fittedTo: ends).transform(Self.column([.nan])).elements[0].isNaN)
  }

  @Test func policiesHaveStableNames() {
    #expect(ScalerPolicy.allCases.map(\.rawValue) == ["poisoned", "trusted", "vouched"])
    #expect(ScalerKind.allCases.map(\.rawValue) == ["none", "standard", "robust"])
  }
}
