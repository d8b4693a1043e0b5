/// The Hessians of four softmax regressions over the free parameters, with their Cholesky factors.
package struct LaneCurvature: Sendable {
  private let free: Int
  private let inputs: Int
  private let count: Int

  /// The lower triangle, row-major P × P: of H, then of L with H = L·Lᵀ.
  private var elements: [Quad]
  /// 1 / L_ii.
  private var inverses: [Quad]

  /// Zeros for so many free classes, and inputs with the intercept among them.
  package init(free: Int, inputs: Int) {
    (self.free, self.inputs) = (free, inputs)
    count = free * inputs
    elements = Array(repeating: Quad(repeating: 0), count: count * count)
    inverses = Array(repeating: Quad(repeating: 0), count: count)
  }

  /// Starts again from the curvature of the penalty, δ_ab − ρ for each feature.
  mutating func reset() {
    for index in elements.indices { elements[index] = Quad(repeating: 0) }
    let rho = free == 1 ? 0 : 1 / Double(free + 1)
    for a in 0..<free {
      for b in 0...a {
        for j in 0..<inputs - 1 {
          let penalty = (a == b ? 1 : 0) - rho
          elements[(a * inputs + j) * count + b * inputs + j] = Quad(repeating: penalty)
        }
      }
    }
  }

  /// Adds Σᵢ qᵢ·x̃ᵢx̃ᵢᵀ over a block of rows to the blocks (a, b) and (b, a), a ≤ b.
  ///
  /// Shapes: weights q, one a row of the block; columns of `columnStride` rows, the block at `start`.
  /// - Precondition: The block lies within a column, and a column follows the last feature: pairs and
  ///   tiles of columns read it.
  package mutating func add(
    _ a: Int, _ b: Int, weights q: Span<Quad>, _ columns: [Quad], from start: Int,
    columnStride: Int, features d: Int
  ) {
    precondition(
      start >= 0 && start + q.count <= columnStride && (d + 1) * columnStride <= columns.count,
      "Curvature of rows \(start)..<\(start + q.count) of \(columnStride), in \(columns.count) elements, "
        + "which \(d) columns and one more do not fit")
    let (top, left) = (b * inputs, a * inputs)
    var i = 0
    while i < d {
      // Two rows of the block at a time: columns i and i + 1 (zero where there is none).
      let sums = weightedSums(q, columns, i * columnStride + start, columnStride)
      let isPair = i + 1 < d
      elements[(top + d) * count + left + i] += sums.first
      if isPair { elements[(top + d) * count + left + i + 1] += sums.second }
      for j in stride(from: i, to: d, by: 4) {
        let width = min(4, d - j)
        if width > 2 {
          addTile4(
            q, columns, i * columnStride + start, j * columnStride + start, columnStride, width,
            isPair, into: &elements, at: (top + j) * count + left + i, count)
        } else {
          addTile2(
            q, columns, i * columnStride + start, j * columnStride + start, columnStride, width,
            isPair, into: &elements, at: (top + j) * count + left + i, count)
        }
      }
      i += 2
    }
    var sum = Quad(repeating: 0)
    for row in q.indices { sum += unsafe q[unchecked: row] }
    elements[(top + d) * count + left + d] += sum
  }

  /// Completes the blocks below the diagonal, and replaces H by its Cholesky factor.
  ///
  /// Returns the lanes in which H is positive definite; the others hold no meaning.
  mutating func factor() -> LaneMask {
    mirror()
    return Self.factor(&elements, count, &inverses)
  }

  private static func factor(
    _ elements: inout [Quad], _ n: Int, _ inverses: inout [Quad]
  ) -> LaneMask {
    var h = elements.mutableSpan
    var isDefinite = LaneMask(repeating: true)
    // Safe: indices stay inside the P × P elements.
    for j in 0..<n {
      var pivot = unsafe h[unchecked: j &* n &+ j]
      for k in 0..<j {
        let l = unsafe h[unchecked: j &* n &+ k]
        pivot -= l * l
      }
      isDefinite = isDefinite .& (pivot .> 0)
      let inverse = 1 / pivot.replacing(with: 1, where: .!(pivot .> 0)).squareRoot()
      inverses[j] = inverse
      var i = j &+ 1
      while i < n {
        // Four rows at a time, so that their chains of sums overlap; the last ones repeat.
        let (r0, r1) = (i &* n, min(i &+ 1, n &- 1) &* n)
        let (r2, r3) = (min(i &+ 2, n &- 1) &* n, min(i &+ 3, n &- 1) &* n)
        var s0 = unsafe h[unchecked: r0 &+ j]
        var s1 = unsafe h[unchecked: r1 &+ j]
        var s2 = unsafe h[unchecked: r2 &+ j]
        var s3 = unsafe h[unchecked: r3 &+ j]
        for k in 0..<j {
          let l = unsafe -h[unchecked: j &* n &+ k]
          s0 = unsafe s0.addingProduct(l, h[unchecked: r0 &+ k])
          s1 = unsafe s1.addingProduct(l, h[unchecked: r1 &+ k])
          s2 = unsafe s2.addingProduct(l, h[unchecked: r2 &+ k])
          s3 = unsafe s3.addingProduct(l, h[unchecked: r3 &+ k])
        }
        unsafe h[unchecked: r0 &+ j] = s0 * inverse
        if i &+ 1 < n { unsafe h[unchecked: r1 &+ j] = s1 * inverse }
        if i &+ 2 < n { unsafe h[unchecked: r2 &+ j] = s2 * inverse }
        if i &+ 3 < n { unsafe h[unchecked: r3 &+ j] = s3 * inverse }
        i &+= 4
      }
    }
    return isDefinite
  }

  /// H⁻¹·right, from the factor.
  func solve(_ right: [Quad], into solution: inout [Quad]) {
    let n = count
    let h = elements.span
    for i in 0..<n {
      var sum = right[i]
      for k in 0..<i { sum = unsafe sum.addingProduct(-h[unchecked: i &* n &+ k], solution[k]) }
      solution[i] = sum * inverses[i]
    }
    for i in (0..<n).reversed() {
      var sum = solution[i]
      for k in i + 1..<max(n, i + 1) {
        sum = unsafe sum.addingProduct(-h[unchecked: k &* n &+ i], solution[k])
      }
      solution[i] = sum * inverses[i]
    }
  }

  /// Copies the lower triangle of each block below the diagonal to its upper one.
  private mutating func mirror() {
    for b in 0..<free {
      for a in 0..<b {
        for i in 0..<inputs {
          for j in i + 1..<max(inputs, i + 1) {
            elements[(b * inputs + i) * count + a * inputs + j] =
              elements[(b * inputs + j) * count + a * inputs + i]
          }
        }
      }
    }
  }
}

/// Σ q·x₀ and Σ q·x₁ over a block of rows; the columns begin at `x` and `x + stride`.
@inline(__always)
private func weightedSums(
  _ q: Span<Quad>, _ columns: [Quad], _ x: Int, _ stride: Int
) -> (first: Quad, second: Quad) {
  let columns = columns.span
  var first = Quad(repeating: 0)
  var second = Quad(repeating: 0)
  for row in q.indices {
    // Safe: `add` has checked that the columns, and one beyond the last, have these rows.
    let weight = unsafe q[unchecked: row]
    first = unsafe first.addingProduct(weight, columns[unchecked: x &+ row])
    second = unsafe second.addingProduct(weight, columns[unchecked: x &+ stride &+ row])
  }
  return (first, second)
}

/// Adds Σ q·x_i·x_j for i in {0, 1} and j in 0..<width ≤ 4 to the transposed tile at `target`.
///
/// Columns x_i begin at `x`, x_j at `y`. Eight sums in registers: eight fused products and two
/// plain ones for seven loads a row.
@inline(never)
private func addTile4(
  _ q: Span<Quad>, _ columns: [Quad], _ x: Int, _ y: Int, _ stride: Int, _ width: Int,
  _ isPair: Bool, into h: inout [Quad], at target: Int, _ rowStride: Int
) {
  let columns = columns.span
  let zero = Quad(repeating: 0)
  var (a0, a1, a2, a3) = (zero, zero, zero, zero)
  var (b0, b1, b2, b3) = (zero, zero, zero, zero)
  for row in q.indices {
    // Safe: `add` has checked that the columns, and one beyond the last, have these rows.
    let weight = unsafe q[unchecked: row]
    let left = unsafe weight * columns[unchecked: x &+ row]
    let right = unsafe weight * columns[unchecked: x &+ stride &+ row]
    let y0 = unsafe columns[unchecked: y &+ row]
    a0 = a0.addingProduct(left, y0)
    b0 = b0.addingProduct(right, y0)
    let y1 = unsafe columns[unchecked: y &+ stride &+ row]
    a1 = a1.addingProduct(left, y1)
    b1 = b1.addingProduct(right, y1)
    let y2 = unsafe columns[unchecked: y &+ 2 &* stride &+ row]
    a2 = a2.addingProduct(left, y2)
    b2 = b2.addingProduct(right, y2)
    let y3 = unsafe columns[unchecked: y &+ 3 &* stride &+ row]
    a3 = a3.addingProduct(left, y3)
    b3 = b3.addingProduct(right, y3)
  }
  h[target] += a0
  h[target + rowStride] += a1
  h[target + 2 * rowStride] += a2
  if width > 3 { h[target + 3 * rowStride] += a3 }
  guard isPair else { return }
  h[target + 1] += b0
  h[target + rowStride + 1] += b1
  h[target + 2 * rowStride + 1] += b2
  if width > 3 { h[target + 3 * rowStride + 1] += b3 }
}

/// The same for width ≤ 2.
@inline(never)
private func addTile2(
  _ q: Span<Quad>, _ columns: [Quad], _ x: Int, _ y: Int, _ stride: Int, _ width: Int,
  _ isPair: Bool, into h: inout [Quad], at target: Int, _ rowStride: Int
) {
  let columns = columns.span
  let zero = Quad(repeating: 0)
  var (a0, a1, b0, b1) = (zero, zero, zero, zero)
  for row in q.indices {
    // Safe: `add` has checked that the columns, and one beyond the last, have these rows.
    let weight = unsafe q[unchecked: row]
    let left = unsafe weight * columns[unchecked: x &+ row]
    let right = unsafe weight * columns[unchecked: x &+ stride &+ row]
    let y0 = unsafe columns[unchecked: y &+ row]
    a0 = a0.addingProduct(left, y0)
    b0 = b0.addingProduct(right, y0)
    let y1 = unsafe columns[unchecked: y &+ stride &+ row]
    a1 = a1.addingProduct(left, y1)
    b1 = b1.addingProduct(right, y1)
  }
  h[target] += a0
  if width > 1 { h[target + rowStride] += a1 }
  guard isPair else { return }
  h[target + 1] += b0
  if width > 1 { h[target + rowStride + 1] += b1 }
}
