import LinAlg
import TestSupport
import Testing

/// Products of panels with groups of six, against plain loops.
@Suite struct PanelTests {
  private static let shapes = [
    (1, 1, 1), (5, 0, 3), (16, 2, 6), (17, 5, 7), (100, 33, 13), (7, 130, 12),
  ]

  private static func matrix(_ n: Int, _ d: Int, _ seed: UInt32) -> Matrix<Double> {
    normalMatrix(n, d, seed: seed)
  }

  private static func squaredDistance(
    _ a: Matrix<Double>, _ i: Int, _ b: Matrix<Double>, _ j: Int
  ) -> Double {
    (0..<a.columns).reduce(0) { $0 + (a[i, $1] - b[j, $1]) * (a[i, $1] - b[j, $1]) }
  }

  @Test(arguments: shapes) func gaussiansAreThoseOfDistances(n: Int, d: Int, m: Int) {
    let (points, queries) = (Self.matrix(n, d, 1), Self.matrix(m, d, 2))
    let center = (0..<d).map { Double($0) / 10 - 1 }
    let (rows, asked) = (Array(0..<n), Array(0..<m))
    let factor = 0.4
    let single = FloatPanels(points, rows: rows, center: center, factor: factor).gaussians(
      PanelQueries<Float>(queries, rows: asked, center: center, factor: factor))
    let double = DoublePanels(points, rows: rows, center: center, factor: factor).gaussians(
      PanelQueries<Double>(queries, rows: asked, center: center, factor: factor))
    #expect(single.count == m && double.rows == m)
    for i in 0..<m {
      for j in 0..<n {
        let distance = Self.squaredDistance(queries, i, points, j) * factor * factor
        let expected = Reference.powerOfTwo(-distance)
        // Rounding of d products and of both norms, each of them below 4·d here, and of the power.
        let size = Double(4 * d + 4) * Double(2 * d + 8)
        let value = Double(single[i][j / 8][j % 8])
        #expect(abs(value - expected) <= size * Double(Float.ulpOfOne) * max(expected, 1e-30))
        #expect(abs(double[i, j] - expected) <= (size * 2.3e-16 + 1e-13) * expected)
      }
    }
  }

  /// A value has the same bits whoever is the query, and wherever both stand.
  @Test(arguments: [3, 40]) func gaussiansAreSymmetric(d: Int) {
    let points = Self.matrix(70, d, 3)
    let center = [Double](repeating: 0.3, count: d)
    func values(_ queries: [Int], _ rows: [Int]) -> [[Float]] {
      FloatPanels(points, rows: rows, center: center, factor: 0.5).gaussians(
        PanelQueries<Float>(points, rows: queries, center: center, factor: 0.5)
      ).map { row in rows.indices.map { row[$0 / 8][$0 % 8] } }
    }
    let all = Array(0..<70)
    let whole = values(all, all)
    for i in all {
      for j in all { #expect(whole[i][j].bitPattern == whole[j][i].bitPattern) }
    }
    let some = [69, 3, 17, 41, 8]
    let part = values([50, 3], some)
    for (index, j) in some.enumerated() {
      #expect(part[0][index] == whole[50][j] && part[1][index] == whole[3][j])
    }
  }

  @Test(arguments: shapes) func estimatesAreSumsOfProducts(n: Int, d: Int, m: Int) {
    let (points, queries) = (Self.matrix(n, d, 4), Self.matrix(m, d, 5))
    let center = [Double](repeating: 0, count: d)
    let panels = FloatPanels(points, rows: Array(0..<n), center: center, factor: 1)
    let group = PanelQueries<Float>(queries, rows: Array(0..<m), center: center, factor: 1)
    var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: 48)
    for six in 0..<group.groupCount {
      for start in stride(from: 0, to: panels.panelCount, by: 4) {
        let strip = start..<min(start + 4, panels.panelCount)
        var limits = SIMD8<Float>(repeating: .infinity)
        limits[1] = -.infinity
        limits[2] = .nan
        let beyond = panels.estimates(group, group: six, strip: strip, limits: limits, into: &sums)
        #expect(beyond & 0b11_1111 == 0b00_0010)
        for i in 0..<min(6, m - 6 * six) {
          for j in 16 * start..<min(16 * strip.upperBound, n) {
            var expected = 0.0
            var size = 0.0
            for k in 0..<d {
              let (q, x) = (queries[6 * six + i, k], points[j, k])
              expected += x * x - 2 * q * x
              size += x * x + 2 * abs(q * x)
            }
            let place = j - 16 * start
            let value = Double(sums[i * 8 + place / 8][place % 8])
            #expect(
              abs(value - expected) <= Double(d + 6) * Double(Float.ulpOfOne) * (size + 1e-30))
          }
        }
      }
    }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 9]) func productsAreAdded(count: Int) {
    let rows = (0..<count).map { row in
      (0..<5).map { vector in
        SIMD8<Float>((0..<8).map { Float(row * 40 + vector * 8 + $0).squareRoot() })
      }
    }
    let factors = (0..<count).map { 1.5 - Double($0) / 3 }
    var sums = (0..<40).map { Double($0) / 7 }
    var expected = sums
    Lanes.addProducts(factors, of: rows, to: &sums)
    for index in expected.indices {
      for row in 0..<count {
        expected[index].addProduct(factors[row], Double(rows[row][index / 8][index % 8]))
      }
    }
    #expect(sums == expected)
  }

  @Test func shapesAreChecked() async {
    await #expect(processExitsWith: .failure) {
      let points = Matrix<Double>(rows: 2, columns: 3)
      let panels = FloatPanels(points, rows: [0, 1], center: [0, 0, 0], factor: 1)
      let queries = Matrix<Double>(rows: 2, columns: 2)
      _ = panels.gaussians(
        PanelQueries<Float>(queries, rows: [0], center: [0, 0], factor: 1))
    }
    await #expect(processExitsWith: .failure) {
      let points = Matrix<Double>(rows: 2, columns: 3)
      _ = FloatPanels(points, rows: [2], center: [0, 0, 0], factor: 1)
    }
  }
}

private enum Reference {
  static func powerOfTwo(_ x: Double) -> Double {
    var values = [x * 0.6931471805599453]
    Lanes.exp(&values)
    return values[0]
  }
}
