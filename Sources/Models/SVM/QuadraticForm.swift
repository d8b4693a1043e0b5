import LinAlg

/// K of ½βᵀKβ for many rows, known by a few of its columns at a time.
protocol QuadraticForm: Sendable {
  /// Some columns of K.
  associatedtype Columns: Sendable

  /// What a change of β in some columns does to Kβ.
  associatedtype Change: Sendable

  /// Rows that are moved together.
  static var setSize: Int { get }

  /// Rows by parts, ascending, that are worked on apart.
  var parts: [Range<Int>] { get }

  /// The columns of some rows.
  func columns(_ rows: [Int], threads: Int) -> Columns

  /// K of the rows among each other: each of them ⌈count / 4⌉ vectors.
  func square(_ rows: [Int], _ columns: Columns) -> [Quad]

  /// Prepares for adding `factors` times the columns.
  func change(_ rows: [Int], _ columns: Columns, factors: [Double]) -> Change

  /// Adds a change to the numbers of a part, which are filled up to whole sixteens.
  func add(_ change: Change, part: Int, to sums: inout [Double])
}

extension QuadraticForm {
  /// Where columns must be computed: of 32 to 1,024, 64 to 128 took least time at 10,000 × 20 and 8,000 × 784.
  ///
  /// Larger sets ask for columns that are not needed, smaller ones pass over all rows too often.
  static var setSize: Int { 128 }

  /// −Kβ, by a few columns at a time.
  func negatedProducts(of beta: [Double], threads: Int) -> [Double] {
    var sums = parts.map { [Double](repeating: 0, count: ($0.count + 15) / 16 * 16) }
    let rows = beta.indices.filter { beta[$0] != 0 }
    for start in stride(from: 0, to: rows.count, by: 96) {
      let some = Array(rows[start..<min(start + 96, rows.count)])
      let change = change(
        some, columns(some, threads: threads), factors: some.map { -beta[$0] })
      sums = Parallel.map(sums.count, threads: threads) { [sums] part in
        var sum = sums[part]
        add(change, part: part, to: &sum)
        return sum
      }
    }
    return zip(sums, parts).flatMap { $0.prefix($1.count) }
  }
}

/// A kernel of few rows, all of which are known.
struct KernelSquare: LaneKernel {
  let values: [Quad]
  let diagonal: [Quad]
  private let vectors: Int

  /// - Parameter shift: What is added to the diagonal; empty for nothing.
  init(_ values: [Quad], count: Int, shift: [Double]) {
    let vectors = (count + 3) / 4
    var diagonal = [Quad](repeating: Quad(repeating: 1), count: vectors)
    var shifted = values
    for row in 0..<count {
      if !shift.isEmpty { shifted[row * vectors + row >> 2][row & 3] += shift[row] }
      diagonal[row >> 2][row & 3] = shifted[row * vectors + row >> 2][row & 3]
    }
    (self.values, self.diagonal, self.vectors) = (shifted, diagonal, vectors)
  }

  func start(_ row: Int) -> Int { row &* vectors }
}
