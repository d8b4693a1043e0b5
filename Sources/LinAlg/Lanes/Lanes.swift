/// Loops over whole arrays in SIMD lanes of doubles.
///
/// The order of every operation is fixed by the length of the input alone, so results are the same
/// on every processor with fused multiply-add, for any number of threads.
public enum Lanes {
  /// Eight doubles, for sums and distances: two AVX2 registers hide the latency of one addition.
  typealias Vector = SIMD8<Double>

  /// Four doubles, for `exp` and `log` and for four problems at a time: one AVX2 register.
  ///
  /// The compiler cuts integer and selection steps to half registers at eight lanes, which costs
  /// four times the time.
  public typealias Quad = SIMD4<Double>

  /// Replaces every x by √x, correctly rounded.
  public static func squareRoot(_ values: inout [Double]) {
    map(&values) { $0.squareRoot() }
  }

  /// Replaces every element by `transform` of it, four at a time.
  @inline(__always)
  static func map(_ values: inout [Double], _ transform: (Quad) -> Quad) {
    let count = values.count
    let width = Quad.scalarCount
    // Safe: whole vectors lie inside the array; the remainder goes through a copy.
    unsafe values.withUnsafeMutableBytes { bytes in
      let whole = count & ~(width - 1)
      var index = 0
      while index < whole {
        let offset = index &* MemoryLayout<Double>.stride
        let x = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Quad.self)
        unsafe bytes.storeBytes(of: transform(x), toByteOffset: offset, as: Quad.self)
        index &+= width
      }
      guard index < count else { return }
      var x = Quad(repeating: 0)
      let doubles = unsafe bytes.assumingMemoryBound(to: Double.self)
      for lane in 0..<count - index { unsafe x[lane] = doubles[index + lane] }
      let y = transform(x)
      for lane in 0..<count - index { unsafe doubles[index + lane] = y[lane] }
    }
  }
}
