import Foundation
import LinAlg
import TestSupport
import Testing

/// The two elementary functions, with the accuracy their documentation promises.
enum Elementary: String, CaseIterable {
  case exp, log

  /// Largest error in units of the last place that the documentation admits.
  var errorBound: Double {
    switch self {
    case .exp: 1.1
    case .log: 1
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .exp: Lanes.exp(x)
    case .log: Lanes.log(x)
    }
  }

  func callAsFunction(_ values: inout [Double]) {
    switch self {
    case .exp: Lanes.exp(&values)
    case .log: Lanes.log(&values)
    }
  }

  /// The C library's function; glibc's errs by less than 0.52 ulp.
  func library(_ x: Double) -> Double {
    switch self {
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    }
  }
}

/// Inputs a sweep draws, each from two words of 64 random bits or one of them.
enum SweepRange: CaseIterable {
  case everyFiniteDouble, exponentRange, nearZero, nearOne, aroundOne, subnormal, subnormalResult

  func draw(_ uniform: Double, _ bits: UInt64) -> Double {
    // A magnitude whose logarithm is uniform over 60 binades below 1.
    let small = uniform * 0x1p-60 * Double(bitPattern: (1023 + bits % 60) << 52)
    let signed = bits >> 63 == 0 ? small : -small
    return switch self {
    case .everyFiniteDouble: Double(bitPattern: bits)
    case .exponentRange: -746 + 1456 * uniform
    case .nearZero: signed
    case .nearOne: 1 + signed
    case .aroundOne: 0.25 + 3.75 * uniform
    case .subnormal: Double(bitPattern: bits & 0x800F_FFFF_FFFF_FFFF)
    case .subnormalResult: -708 - 38 * uniform
    }
  }
}

@Suite struct ExpLogTests {
  /// Debug builds run the lanes through unspecialised code, a hundred times slower.
  private static let sweepCount: Int = {
    #if DEBUG
      20_000
    #else
      2_000_000
    #endif
  }()

  /// At most one number lies between us and the library.
  ///
  /// Our error is below 1.1 ulp, the library's below 0.52, so the two are less than 2 ulp apart;
  /// two doubles less than two steps apart are equal or neighbours. (Across a power of two, where
  /// the step halves, a distance of 2 would follow, but no input of these fixed streams has it.)
  @Test(arguments: Elementary.allCases, SweepRange.allCases)
  func agreesWithTheLibrary(function: Elementary, range: SweepRange) {
    var generator = SplitMix64(state: 1)
    var inputs: [Double] = []
    inputs.reserveCapacity(Self.sweepCount)
    while inputs.count < Self.sweepCount {
      let x = range.draw(Double(generator.next() >> 11) * 0x1p-53, generator.next())
      // For every other input the sign is dropped, lest half of the logarithms be NaN.
      inputs.append(function == .log && inputs.count & 1 == 0 ? abs(x) : x)
    }
    var outputs = inputs
    function(&outputs)
    var worst: (distance: UInt64, x: Double, y: Double) = (0, 0, 0)
    for (x, y) in zip(inputs, outputs) where x.isFinite {
      let distance = ulpDistance(y, function.library(x))
      if distance > worst.distance { worst = (distance, x, y) }
    }
    #expect(
      worst.distance <= 1, "\(function)(\(worst.x)) is \(worst.y), not \(function.library(worst.x))"
    )
  }

  private struct Reference: Decodable {
    struct Table: Decodable {
      let x, high, low: [HexDouble]
      let exponent: [Int]
    }

    let exp, log: Table
  }

  /// Errors in fractions of an ulp, against values computed to 60 digits.
  ///
  /// The inputs include the largest errors found among 8·10⁸ random numbers: 1.004 ulp for exp and
  /// 0.855 ulp for log.
  @Test(arguments: Elementary.allCases)
  func errorIsBelowTheDocumentedBound(function: Elementary) throws {
    let reference: Reference = try fixture("linalg")
    let table = function == .exp ? reference.exp : reference.log
    #expect(table.x.count >= 1000)
    var inputs = table.x.map(\.value)
    function(&inputs)
    for (index, y) in inputs.enumerated() {
      let exponent = table.exponent[index]
      // y·2⁻ᵉ and its distance from the high part are exact; one ulp of a value in the binade e is
      // 2⁻⁵² on this scale, or more when the value is subnormal.
      let scaled = Double(sign: .plus, exponent: -exponent, significand: y)
      let error = (scaled - table.high[index].value) - table.low[index].value
      let ulp = Double(sign: .plus, exponent: max(exponent, -1022) - exponent - 52, significand: 1)
      #expect(
        abs(error) / ulp < function.errorBound,
        "\(function)(\(table.x[index].value)) errs by \(error / ulp) ulp")
    }
  }

  /// The number and two neighbours on each side.
  private static func neighbourhood(_ x: Double) -> [Double] {
    [x.nextDown.nextDown, x.nextDown, x, x.nextUp, x.nextUp.nextUp]
  }

  @Test(arguments: [
    (Elementary.exp, 709.782712893384), (.exp, -708.3964185322641), (.exp, -745.1332191019411),
    (.exp, -746), (.exp, 710), (.exp, 0), (.exp, 0.34657359027997264), (.exp, 1),
    (.log, Double.leastNonzeroMagnitude), (.log, .leastNormalMagnitude), (.log, 1),
    (.log, 0.5.squareRoot()), (.log, 2.0.squareRoot()), (.log, .greatestFiniteMagnitude),
  ])
  func agreesAtThresholds(function: Elementary, threshold: Double) {
    for x in Self.neighbourhood(threshold) {
      let (y, expected) = (function(x), function.library(x))
      #expect(ulpDistance(y, expected) <= 1, "\(function)(\(x)) is \(y), not \(expected)")
      #expect(y.isFinite == expected.isFinite, "\(function)(\(x)) is \(y), not \(expected)")
    }
  }

  @Test func expOfSpecialValues() {
    #expect(Lanes.exp(0) == 1)
    #expect(Lanes.exp(-0.0) == 1)
    #expect(Lanes.exp(.infinity) == .infinity)
    #expect(Lanes.exp(-.infinity) == 0)
    #expect(Lanes.exp(.greatestFiniteMagnitude) == .infinity)
    #expect(Lanes.exp(-.greatestFiniteMagnitude) == 0)
    #expect(Lanes.exp(.leastNonzeroMagnitude) == 1)
    // The largest double with a finite exponential, and its successor.
    #expect(Lanes.exp(0x1.62e4_2fef_a39efp9).isFinite)
    #expect(Lanes.exp(0x1.62e4_2fef_a39efp9.nextUp) == .infinity)
    #expect(Lanes.exp(-745.2) == 0)
    #expect(Lanes.exp(-745) == .leastNonzeroMagnitude)
    #expect(Lanes.exp(.nan).isNaN)
    #expect(Lanes.exp(-.nan).isNaN)
  }

  @Test func logOfSpecialValues() {
    #expect(Lanes.log(1) == 0)
    #expect(Lanes.log(1).sign == .plus)
    #expect(Lanes.log(0) == -.infinity)
    #expect(Lanes.log(-0.0) == -.infinity)
    #expect(Lanes.log(.infinity) == .infinity)
    for x in [-1, -0x1p-1074, -0x1p-1022, -.greatestFiniteMagnitude, -.infinity, .nan, -.nan] {
      #expect(Lanes.log(x).isNaN, "log(\(x))")
    }
  }

  /// Whole vectors, remainders and single numbers give the same bits, and lanes do not mix.
  @Test(arguments: 0...33)
  func arraysEqualSingleNumbers(length: Int) {
    let specials = [
      1, .nan, 0, .infinity, -745, -.infinity, 709, -1, -0.0, 0x1p-1074, 1e308, 2, 0.7, -709,
      1e-300, 800, -800,
    ]
    for function in Elementary.allCases {
      let normal = normalArray(length, seed: 1).map { 10 * $0 }
      let positive = normal.map(abs)
      let mixed = (0..<length).map { specials[$0 % specials.count] }
      for inputs in [normal, positive, mixed, Array(mixed.reversed())] {
        var outputs = inputs
        function(&outputs)
        expectSameBits(outputs, inputs.map { function($0) }, "\(function), length \(length)")
      }
    }
  }
}

/// A small fast generator for inputs of which only the spread matters.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
