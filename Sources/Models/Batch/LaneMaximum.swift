/// The largest number offered, and the last of the positions it stood at.
struct LaneMaximum {
  private var values: Quad
  private var vectors: Quad

  /// Starts below everything, or at a number that anything as large replaces.
  @inline(__always)
  init(_ start: Double = -.infinity) {
    values = Quad(repeating: start)
    vectors = Quad(repeating: 0)
  }

  /// Offers the four numbers of a vector; `index` is its number, and grows from offer to offer.
  @inline(__always)
  mutating func offer(_ candidates: Quad, at index: Quad) {
    let isNew = candidates .>= values
    // Not a selection by `isNew`, which would lengthen the chain from offer to offer.
    values = larger(values, candidates)
    vectors.replace(with: index, where: isNew)
  }

  /// The maximum and its last position.
  ///
  /// Without branches: which lane holds the maximum is as good as random.
  @inline(__always)
  var last: (position: Int, value: Double) {
    let value = largest(values)
    let positions = Quad(0, 1, 2, 3).addingProduct(vectors, Quad(repeating: 4))
    let position = largest(Quad(repeating: 0).replacing(with: positions, where: values .== value))
    return (Int(position), value)
  }
}

@inline(__always)
func largest(_ values: Quad) -> Double {
  let (low, high) = (values.lowHalf, values.highHalf)
  let pair = low.replacing(with: high, where: low .< high)
  return pair[0] < pair[1] ? pair[1] : pair[0]
}
