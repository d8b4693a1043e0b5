import ArgumentParser
import Foundation
import LinAlg
import Reporting

struct Kernels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Nanoseconds an element of our kernels, against the plain way to do the same.",
    discussion: """
      Example:
        bench kernels --rounds 21
      """)

  @Option(help: "Rounds that are counted.")
  var rounds = 11

  @Flag(help: "Print the result as JSON.")
  var json = false

  private struct Row: Encodable {
    let kernel: String
    let nanoseconds: Double
    let peer: String
    let peerNanoseconds: Double
    let ratio: Double
  }

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
  }

  func run() throws {
    show(
      [expRow(), logRow(), distanceRow(), productRow()], json: json,
      [
        (.text("kernel"), { .text($0.kernel) }), (.number("ns", 3), { .number($0.nanoseconds) }),
        (.text("peer"), { .text($0.peer) }), (.number("ns", 3), { .number($0.peerNanoseconds) }),
        (.number("ratio", 1), { .number($0.ratio) }),
      ])
  }

  /// Times a kernel against its peer, each doing `elements` elements a call, `calls` calls a round.
  private func row(
    _ kernel: String, _ peer: String, elements: Int, calls: Int, ours: () -> Double,
    theirs: () -> Double
  ) -> Row {
    var consumed = 0.0
    let seconds = withoutActuallyEscaping(ours) { ours in
      withoutActuallyEscaping(theirs) { theirs in
        Rounds.medianSeconds(
          rounds,
          of: [
            { for _ in 0..<calls { consumed += ours() } },
            { for _ in 0..<calls { consumed += theirs() } },
          ])
      }
    }
    precondition(!consumed.isNaN, "The work was not done")
    let scale = 1e9 / Double(elements * calls)
    return Row(
      kernel: kernel, nanoseconds: seconds[0] * scale, peer: peer,
      peerNanoseconds: seconds[1] * scale, ratio: seconds[1] / seconds[0])
  }

  private func normals(_ count: Int) -> [Double] {
    var stream = RandomStream(purpose: .benchmarkNumbers, seed: 1)
    return (0..<count).map { _ in stream.normal() }
  }

  private func expRow() -> Row {
    let x = normals(4096)
    return row(
      "exp/f64/n4096", "Foundation exp, one by one", elements: 4096, calls: 200,
      ours: {
        var y = x
        Lanes.exp(&y)
        return y[7]
      }, theirs: { x.map { exp($0) }[7] })
  }

  private func logRow() -> Row {
    let x = normals(4096).map { $0 * $0 + 0.01 }
    return row(
      "log/f64/n4096", "Foundation log, one by one", elements: 4096, calls: 200,
      ours: {
        var y = x
        Lanes.log(&y)
        return y[7]
      }, theirs: { x.map { log($0) }[7] })
  }

  private func distanceRow() -> Row {
    let (n, d) = (120, 4)
    let rows = normals(n * d)
    let points = Matrix(rows: n, columns: d, elements: rows)
    let columns = points.transposed()
    let query = normals(d)
    var distances = [Double](repeating: 0, count: n)
    return row(
      "squaredDistances/f64/n120-d4", "plain loop over rows", elements: n * d, calls: 10_000,
      ours: {
        Lanes.squaredDistances(from: query.span, toColumnsOf: columns, into: &distances)
        return distances[n - 1]
      },
      theirs: {
        for row in 0..<n {
          var total = 0.0
          for j in 0..<d {
            let difference = query[j] - rows[row * d + j]
            total += difference * difference
          }
          distances[row] = total
        }
        return distances[n - 1]
      })
  }

  private func productRow() -> Row {
    let (n, m, k) = (512, 64, 10)
    let a = Matrix(rows: n, columns: m, elements: normals(n * m))
    let b = Matrix(rows: k, columns: m, elements: normals(k * m))
    var c = Matrix<Double>(rows: n, columns: k)
    return row(
      "product/f64/n512-d64-K10", "plain triple loop", elements: n * m * k, calls: 20,
      ours: {
        BLAS.gemm(a, b, transposeB: true, into: &c)
        return c[n - 1, k - 1]
      },
      theirs: {
        let (x, y) = (a.elements, b.elements)
        c.withMutableElements { c in
          for i in 0..<n {
            for l in 0..<k {
              var total = 0.0
              for j in 0..<m { total += x[i * m + j] * y[l * m + j] }
              c[i * k + l] = total
            }
          }
        }
        return c[n - 1, k - 1]
      })
  }
}
