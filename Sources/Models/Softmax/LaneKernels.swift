import LinAlg

/// φ·x̃ of rows, one column a class.
///
///     z_ci = φ_cd + Σ_j φ_cj·x_ji
///
/// Shapes: φ classes × inputs, the intercept last; columns (inputs − 1) × rows; z classes × rows.
func linear(
  _ phi: [Quad], _ columns: [Quad], rows: Int, inputs: Int, classes: Int, into logits: inout [Quad]
) {
  precondition(
    phi.count >= classes * inputs && columns.count >= (inputs - 1) * rows
      && logits.count >= classes * rows, "\(classes) × \(inputs) against \(rows) rows")
  let (phi, columns) = (phi.span, columns.span)
  var z = logits.mutableSpan
  // Safe: the shapes were checked.
  for c in 0..<classes {
    let intercept = unsafe phi[unchecked: c &* inputs &+ inputs &- 1]
    var row = 0
    while row &+ 4 <= rows {
      var (z0, z1, z2, z3) = (intercept, intercept, intercept, intercept)
      for j in 0..<inputs &- 1 {
        let weight = unsafe phi[unchecked: c &* inputs &+ j]
        let x = j &* rows &+ row
        z0 = unsafe z0.addingProduct(weight, columns[unchecked: x])
        z1 = unsafe z1.addingProduct(weight, columns[unchecked: x &+ 1])
        z2 = unsafe z2.addingProduct(weight, columns[unchecked: x &+ 2])
        z3 = unsafe z3.addingProduct(weight, columns[unchecked: x &+ 3])
      }
      let target = c &* rows &+ row
      unsafe z[unchecked: target] = z0
      unsafe z[unchecked: target &+ 1] = z1
      unsafe z[unchecked: target &+ 2] = z2
      unsafe z[unchecked: target &+ 3] = z3
      row &+= 4
    }
    while row < rows {
      var sum = intercept
      for j in 0..<inputs &- 1 {
        sum = unsafe sum.addingProduct(
          phi[unchecked: c &* inputs &+ j], columns[unchecked: j &* rows &+ row])
      }
      unsafe z[unchecked: c &* rows &+ row] = sum
      row &+= 1
    }
  }
}

/// Writes Σᵢ rᵢ·x_ij of two columns r, beginning at `first` and `second`, for up to four columns x.
///
/// The columns x begin at `x`, each `rows` long; three columns beyond the last may be read.
@inline(never)
func addProducts(
  _ r: [Quad], _ first: Int, _ second: Int, _ columns: [Quad], _ x: Int, rows: Int,
  columns width: Int, into g: inout [Quad], at firstTarget: Int, _ secondTarget: Int
) {
  precondition(
    max(first, second) + rows <= r.count && x + 4 * rows <= columns.count, "Too few columns")
  let (r, columns) = (r.span, columns.span)
  let zero = Quad(repeating: 0)
  var (a0, a1, a2, a3) = (zero, zero, zero, zero)
  var (b0, b1, b2, b3) = (zero, zero, zero, zero)
  // Safe: the ends were checked.
  for row in 0..<rows {
    let left = unsafe r[unchecked: first &+ row]
    let right = unsafe r[unchecked: second &+ row]
    let y0 = unsafe columns[unchecked: x &+ row]
    a0 = a0.addingProduct(left, y0)
    b0 = b0.addingProduct(right, y0)
    let y1 = unsafe columns[unchecked: x &+ rows &+ row]
    a1 = a1.addingProduct(left, y1)
    b1 = b1.addingProduct(right, y1)
    let y2 = unsafe columns[unchecked: x &+ 2 &* rows &+ row]
    a2 = a2.addingProduct(left, y2)
    b2 = b2.addingProduct(right, y2)
    let y3 = unsafe columns[unchecked: x &+ 3 &* rows &+ row]
    a3 = a3.addingProduct(left, y3)
    b3 = b3.addingProduct(right, y3)
  }
  g[firstTarget] = a0
  g[secondTarget] = b0
  if width > 1 {
    g[firstTarget + 1] = a1
    g[secondTarget + 1] = b1
  }
  if width > 2 {
    g[firstTarget + 2] = a2
    g[secondTarget + 2] = b2
  }
  if width > 3 {
    g[firstTarget + 3] = a3
    g[secondTarget + 3] = b3
  }
}

/// Replaces every z by eᶻ and returns the largest |z| of each lane, ignoring NaN.
func exponentials(_ logits: inout [Quad]) -> Quad {
  var z = logits.mutableSpan
  var largest = Quad(repeating: 0)
  for index in z.indices {
    // Safe: the index is one of the span's.
    largest = unsafe larger(largest, magnitude(z[unchecked: index]))
  }
  Lanes.exp(&z, 0..<z.count)
  return largest
}

/// Turns exponentials into residuals, and writes what the curvature needs.
///
///     p_c = e_c / (1 + Σe),   r_c = w(p_c − y_c),   q_ab = w·p_a(δ_ab − p_b)  for a ≤ b
///
/// Shapes: weights n; targets y and exponentials e → r, n × classes; q, n × pairs: columns each.
func finishRows(
  _ weights: [Quad], _ targets: [Quad], classes: Int, into exponentials: inout [Quad],
  _ curvatures: inout [Quad]
) {
  let n = weights.count
  precondition(
    targets.count == n * classes && exponentials.count == n * classes
      && curvatures.count == n * classes * (classes + 1) / 2, "Columns of different sizes")
  let (w, y) = (weights.span, targets.span)
  var e = exponentials.mutableSpan
  var q = curvatures.mutableSpan
  for row in 0..<n {
    // Safe: each column has n rows.
    var sum = Quad(repeating: 1)
    for c in 0..<classes { unsafe sum += e[unchecked: c &* n &+ row] }
    let inverse = 1 / sum
    let weight = unsafe w[unchecked: row]
    var pair = row
    for a in 0..<classes {
      let p = unsafe e[unchecked: a &* n &+ row] * inverse
      let wp = weight * p
      unsafe q[unchecked: pair] = wp - wp * p
      pair &+= n
      let factor = -(wp * inverse)
      for b in a &+ 1..<Swift.max(classes, a &+ 1) {
        unsafe q[unchecked: pair] = factor * e[unchecked: b &* n &+ row]
        pair &+= n
      }
      unsafe e[unchecked: a &* n &+ row] = wp - weight * y[unchecked: a &* n &+ row]
    }
  }
}
