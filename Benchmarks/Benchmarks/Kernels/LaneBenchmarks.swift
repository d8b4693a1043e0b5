import Benchmark
import Foundation
import LinAlg

/// Loops in SIMD lanes; `/plain` is the loop one writes first, with the C library's functions.
func registerLanes() {
  let x = normals(4_096)
  // Away from 0, where logarithms are rare and slow cases.
  let positive = x.map { $0 * $0 + 0.01 }
  let zeros = [Double](repeating: 0, count: x.count)
  // The lanes work in place, so their time has a copy of the input in it.
  measure("exp/f64/n4096", .kilo, in: zeros) { y in
    y.removeAll(keepingCapacity: true)
    y.append(contentsOf: x)
    Lanes.exp(&y)
    return y[7]
  }
  measure("exp/f64/n4096/plain", .kilo, in: zeros) { y in
    for index in x.indices { y[index] = exp(x[index]) }
    return y[7]
  }
  measure("log/f64/n4096", .kilo, in: zeros) { y in
    y.removeAll(keepingCapacity: true)
    y.append(contentsOf: positive)
    Lanes.log(&y)
    return y[7]
  }
  measure("log/f64/n4096/plain", .kilo, in: zeros) { y in
    for index in x.indices { y[index] = log(positive[index]) }
    return y[7]
  }
  registerLanesOverRows(n: 120, d: 4)
  registerLanesOverRows(n: 455, d: 30)
}

/// One row against n others.
private func registerLanesOverRows(n: Int, d: Int) {
  let size = "f64/n\(n)-d\(d)"
  let rows = normals(n * d)
  let query = normals(d)
  let columns = Matrix(rows: n, columns: d, elements: rows).transposed()
  let zeros = [Double](repeating: 0, count: n)

  measure("squaredDistances/\(size)", .kilo, in: zeros) { results in
    Lanes.squaredDistances(from: query.span, toColumnsOf: columns, into: &results)
    return results[n - 1]
  }
  measure("squaredDistances/\(size)/plain", .kilo, in: zeros) { results in
    for row in 0..<n { results[row] = squaredDistance(query, rows, row) }
    return results[n - 1]
  }
  measure("products/\(size)", .kilo, in: zeros) { results in
    Lanes.products(of: query.span, withColumnsOf: columns, into: &results)
    return results[n - 1]
  }
  measure("products/\(size)/plain", .kilo, in: zeros) { results in
    for row in 0..<n {
      var total = 0.0
      for j in 0..<d { total += query[j] * rows[row * d + j] }
      results[row] = total
    }
    return results[n - 1]
  }
  measure("gaussians/\(size)", .kilo, in: zeros) { results in
    Lanes.gaussians(from: query.span, toColumnsOf: columns, into: &results)
    return results[n - 1]
  }
  measure("gaussians/\(size)/plain", .kilo, in: zeros) { results in
    for row in 0..<n { results[row] = exp2(-squaredDistance(query, rows, row)) }
    return results[n - 1]
  }

  // The kernel rows of support vector machines: whole vectors, zeros after the last point.
  let vectors = (n + 3) / 4
  var quads = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: vectors * d)
  for row in 0..<n {
    for j in 0..<d { quads[j * vectors + row / 4][row % 4] = rows[row * d + j] }
  }
  let zeroVectors = [Lanes.Quad](repeating: Lanes.Quad(repeating: 0), count: vectors)
  let points = quads
  measure("gaussians-quads/\(size)", .kilo, in: zeroVectors) { values in
    Lanes.gaussians(
      from: query, at: 0, featureCount: d, to: points, first: 0, stride: vectors, count: vectors,
      into: &values, at: 0)
    return values[vectors - 1][0]
  }
}

private func squaredDistance(_ query: [Double], _ rows: [Double], _ row: Int) -> Double {
  var total = 0.0
  for j in query.indices {
    let difference = query[j] - rows[row * query.count + j]
    total += difference * difference
  }
  return total
}
