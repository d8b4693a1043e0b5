import Foundation
import LinAlg
import TestSupport
import Testing

/// Four problems, or four rows, in lanes: exponentials, Gaussians, copies and ranges.
@Suite struct LanesTests {
  private static let extremes = [
    Double.nan, .infinity, -.infinity, 0, -0.0, 708, 708.0.nextUp, -708, (-708.0).nextDown,
    709.78, 709.79, 710, -745, -745.2, -746, 1e308, -1e308, 0x1p-1074,
  ]

  /// Whole vectors of four, padded with zeros.
  private static func quads(_ values: [Double]) -> [Lanes.Quad] {
    stride(from: 0, to: values.count, by: 4).map { start in
      var quad = Lanes.Quad(repeating: 0)
      for lane in 0..<min(4, values.count - start) { quad[lane] = values[start + lane] }
      return quad
    }
  }

  private static func numbers(_ quads: [Lanes.Quad]) -> [Double] {
    quads.flatMap { [$0[0], $0[1], $0[2], $0[3]] }
  }

  // MARK: - Exponentials

  /// One extreme number sends its group of sixteen the slow way: the others keep their bits.
  @Test(arguments: extremes) func oneExtremeLeavesTheOthersAlone(_ extreme: Double) {
    let normal = normalArray(16, seed: 4).map { 100 * $0 }
    for position in 0..<16 {
      var values = normal
      values[position] = extreme
      let single = values.map { Lanes.exp($0) }
      var array = values
      Lanes.exp(&array)
      expectSameBits(array, single, "array, \(extreme) at \(position)")
      var quads = Self.quads(values)
      var span = quads.mutableSpan
      Lanes.exp(&span, 0..<4)
      expectSameBits(Self.numbers(quads), single, "vectors, \(extreme) at \(position)")
    }
  }

  /// The fast and the slow way agree wherever both may be taken.
  @Test func bothWaysGiveTheSameBits() {
    var stream = RandomStream(purpose: .testing, seed: 11)
    for round in 0..<500 {
      let values = (0..<16).map { _ in stream.uniform(from: -708, to: 708) }
      var fast = values
      Lanes.exp(&fast)
      var slow = values + values
      // A NaN at the end of each group of sixteen: fifteen numbers are left of each.
      slow[15] = .nan
      slow[16] = .nan
      Lanes.exp(&slow)
      expectSameBits(Array(slow[0..<15]), Array(fast[0..<15]), "round \(round)")
      expectSameBits(Array(slow[17..<32]), Array(fast[1..<16]), "round \(round)")
    }
  }

  @Test(arguments: [(0, 0), (0, 1), (1, 4), (2, 7), (0, 8), (3, 9), (0, 9), (9, 9)])
  func rangesOfVectorsAreThoseOfArrays(lower: Int, upper: Int) {
    let inputs = normalArray(36, seed: 2).map { 300 * $0 }
    var quads = Self.quads(inputs)
    var span = quads.mutableSpan
    Lanes.exp(&span, lower..<upper)
    let expected = inputs.enumerated().map { index, x in
      (4 * lower..<4 * upper).contains(index) ? Lanes.exp(x) : x
    }
    expectSameBits(Self.numbers(quads), expected, "\(lower)..<\(upper)")
  }

  // MARK: - Gaussians

  /// 2⁻ˢ of one squared distance s: a point at √s in one dimension, and s as it comes out.
  private static func gaussians(_ distances: [Double]) -> (s: [Double], values: [Double]) {
    let roots = distances.map { $0.squareRoot() }
    let zero = [0.0]
    var values = roots
    Lanes.gaussians(
      from: zero.span, toColumnsOf: Matrix(rows: 1, columns: roots.count, elements: roots),
      into: &values)
    return (roots.map { $0 * $0 }, values)
  }

  private static let distances: [Double] = {
    var stream = RandomStream(purpose: .testing, seed: 3)
    let random = (0..<4000).map { _ in stream.uniform(from: 0, to: 1100) }
    let small = (0..<1000).map { _ in stream.uniform() }
    let halves = (0..<2200).map { Double($0) / 2 }
    let edges = [0, 1021.999, 1022, 1022.0.nextUp, 1074, 1075, 1079, 1080, 1e9]
    return random + small + halves + edges
  }()

  /// The interpolation errs by less than 4e-14, its evaluation by a few roundings, the library's
  /// `exp2` by less than one; a subnormal result is rounded once more, to a multiple of 2⁻¹⁰⁷⁴.
  @Test func gaussiansArePowersOfTwo() {
    let (s, values) = Self.gaussians(Self.distances)
    let expected = s.map { Foundation.exp2(-$0) }
    let bounds = expected.map { (4e-14 + 4 * Double.ulpOfOne) * $0 + 0x1p-1074 }
    expectClose(values, expected, within: bounds, "2^-s")
    for (x, value) in zip(s, values) where x == 0 || x > 1076 {
      #expect(value == (x == 0 ? 1 : 0), "2^-\(x) is \(value)")
    }
  }

  @Test func gaussiansOfInfinityAndNaN() {
    let values = Self.gaussians([.infinity, .nan, 0, 1e200]).values
    #expect(values[0] == 0 && values[1].isNaN && values[2] == 1 && values[3] == 0)
  }

  /// Both forms, with extremes in any group of four vectors, and every remainder.
  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 8, 9, 16], [1, 2, 3, 5])
  func bothFormsAreTheSameBits(vectors: Int, features d: Int) {
    let count = 4 * vectors
    for scale in [0.3, 9.0, 60.0] {
      for extreme in [nil, Double.infinity, .nan, 1e160] {
        var elements = normalArray(count * d, seed: 6).map { scale * $0 }
        if let extreme, !elements.isEmpty { elements[elements.count / 2] = extreme }
        // The point stands among others; one column is the point itself.
        let point = normalArray(d + 2, seed: 7)
        if count > 0 {
          for j in 0..<d { elements[j * count + count - 1] = point[1 + j] }
        }
        var expected = [Double](repeating: -1, count: count)
        Lanes.gaussians(
          from: Array(point[1...d]).span,
          toColumnsOf: Matrix(rows: d, columns: count, elements: elements), into: &expected)

        let (stride, first, target) = (vectors + 3, 2, 1)
        var columns = [Lanes.Quad](repeating: Lanes.Quad(repeating: .nan), count: d * stride)
        for j in 0..<d {
          let column = Self.quads(Array(elements[j * count..<(j + 1) * count]))
          for (index, quad) in column.enumerated() { columns[j * stride + first + index] = quad }
        }
        var values = [Lanes.Quad](repeating: Lanes.Quad(repeating: -7), count: vectors + 2)
        Lanes.gaussians(
          from: point, at: 1, featureCount: d, to: columns, first: first, stride: stride,
          count: vectors, into: &values, at: target)
        let name = "\(vectors) vectors of \(d), scale \(scale), \(String(describing: extreme))"
        expectSameBits(Self.numbers(Array(values[1...vectors + 1].dropLast())), expected, name)
        if count > 0 { #expect(expected[count - 1] == 1 || d > 1) }
        // Nothing around the target is written.
        #expect(values[0] == Lanes.Quad(repeating: -7), "\(name)")
        #expect(values[vectors + 1] == Lanes.Quad(repeating: -7), "\(name)")
      }
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 31, 32, 33], [0, 1, 2, 5])
  func productsAreThePlainLoop(count: Int, features d: Int) {
    let row = normalArray(d, seed: 1)
    let points = normalMatrix(d, count, seed: 2) as Matrix<Double>
    var products = [Double](repeating: -1, count: count)
    Lanes.products(of: row.span, withColumnsOf: points, into: &products)
    let expected = (0..<count).map { column in
      (0..<d).reduce(0.0) { $0.addingProduct(row[$1], points[$1, column]) }
    }
    expectSameBits(products, expected, "\(count) points of \(d)")
  }

  // MARK: - Copies and ranges

  private static func lists(of n: Int, below limit: Int) -> [[Int]] {
    (0..<4).map { lane in (0..<n).map { ($0 * 7 + 3 * lane) % limit } }
  }

  @Test(arguments: [0, 1, 4, 9], [1, 2, 5])
  func interleavedRowsComeBack(rows n: Int, columns d: Int) {
    let table = normalArray(13 * d, seed: 5)
    let rows = Self.lists(of: n, below: 13)
    var lanes = [Lanes.Quad](repeating: Lanes.Quad(repeating: .nan), count: n * d)
    Lanes.interleave(table, columns: d, rows: rows, into: &lanes)
    for lane in 0..<4 {
      // Backwards, and a filler of zeros at the end.
      let order = Array((0..<n).reversed()) + [-1]
      var points = [Double](repeating: .nan, count: (n + 1) * d)
      Lanes.extract(rows: order, columns: d, lane: lane, of: lanes, into: &points)
      let expected = order.flatMap { row in
        (0..<d).map { row < 0 ? 0 : table[rows[lane][row] * d + $0] }
      }
      expectSameBits(points, expected, "lane \(lane)")
    }
  }

  @Test(arguments: 0..<4) func replacingLeavesTheRestAlone(lane: Int) {
    let (n, d) = (9, 3)
    let before = Self.quads(normalArray(4 * n * d, seed: 8))
    var after = before
    let values = normalArray(2 * d, seed: 9)
    Lanes.replace(
      rows: [8, 3, 0], count: 2, by: values, columns: d, lane: lane, in: &after)
    for j in 0..<d {
      for row in 0..<n {
        var expected = before[j * n + row]
        if row == 8 { expected[lane] = values[j] }
        if row == 3 { expected[lane] = values[d + j] }
        #expect(after[j * n + row] == expected, "row \(row), column \(j)")
      }
    }
  }

  @Test(arguments: [1, 2, 5, 16]) func rangesAreMinimaAndMaxima(rows n: Int) {
    let d = 3
    let columns = Self.quads(normalArray(4 * n * d, seed: 10))
    var lower = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: d)
    var upper = lower
    Lanes.ranges(of: columns, rows: n, lower: &lower, upper: &upper)
    for j in 0..<d {
      for lane in 0..<4 {
        let column = columns[j * n..<(j + 1) * n].map { $0[lane] }
        #expect(lower[j][lane] == column.min() && upper[j][lane] == column.max())
      }
    }
  }

  @Test(arguments: [0, 1, 2, 10, 57])
  func aShuffledPrefixIsThatOfThePermutation(count: Int) {
    for prefix in Set([0, 1, count / 2, count - 1, count]) where prefix >= 0 && prefix <= count {
      var stream = RandomStream(purpose: .testing, seed: 21)
      let permutation = stream.permutation(of: count)
      stream = RandomStream(purpose: .testing, seed: 21)
      var items = (0..<count).map { 100 + $0 }
      stream.shuffle(&items, prefix: prefix)
      #expect(items.prefix(prefix).elementsEqual(permutation.prefix(prefix).map { 100 + $0 }))
      #expect(items.sorted() == (0..<count).map { 100 + $0 })
    }
  }

  // MARK: - Traps

  @Test func shapesAreChecked() async {
    await #expect(processExitsWith: .failure) {
      var quads = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: 3)
      var span = quads.mutableSpan
      Lanes.exp(&span, 1..<4)
    }
    await #expect(processExitsWith: .failure) {
      var values = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: 2)
      let columns = values
      Lanes.gaussians(
        from: [0], at: 0, featureCount: 1, to: columns, first: 1, stride: 2, count: 2,
        into: &values, at: 0)
    }
    await #expect(processExitsWith: .failure) {
      var values = [0.0]
      Lanes.products(
        of: [1.0, 2].span, withColumnsOf: Matrix(rows: 1, columns: 1), into: &values)
    }
    await #expect(processExitsWith: .failure) {
      var lanes = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: 2)
      Lanes.interleave([1, 2], columns: 1, rows: [[0, 1], [0, 1], [0, 1], [0]], into: &lanes)
    }
    await #expect(processExitsWith: .failure) {
      var lanes = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: 2)
      Lanes.replace(rows: [2], count: 1, by: [1], columns: 1, lane: 0, in: &lanes)
    }
    await #expect(processExitsWith: .failure) {
      let lanes = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: 2)
      var points = [0.0]
      Lanes.extract(rows: [2], columns: 1, lane: 0, of: lanes, into: &points)
    }
    await #expect(processExitsWith: .failure) {
      var (lower, upper) = ([Lanes.Quad](), [Lanes.Quad]())
      Lanes.ranges(of: [], rows: 0, lower: &lower, upper: &upper)
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(purpose: .testing, seed: 1)
      var items = [1, 2]
      stream.shuffle(&items, prefix: 3)
    }
  }
}
