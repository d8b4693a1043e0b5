/// Loops over whole arrays in SIMD lanes of eight doubles.
///
/// The order of every operation is fixed by the length of the input alone, so results are the same
/// on every processor with fused multiply-add, for any number of threads.
public enum Lanes {
  /// Eight doubles: one AVX-512 register or two AVX2 registers.
  typealias Vector = SIMD8<Double>

  /// Number of elements in a vector.
  static let width = Vector.scalarCount

  /// Replaces every element by `transform` of it, eight at a time.
  @inline(__always)
  static func map(_ values: inout [Double], _ transform: (Vector) -> Vector) {
    let count = values.count
    // Safe: whole vectors lie inside the array; the remainder goes through a copy.
    unsafe values.withUnsafeMutableBytes { bytes in
      let whole = count & ~(width - 1)
      var index = 0
      while index < whole {
        let offset = index &* MemoryLayout<Double>.stride
        let x = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Vector.self)
        unsafe bytes.storeBytes(of: transform(x), toByteOffset: offset, as: Vector.self)
        index &+= width
      }
      guard index < count else { return }
      var x = Vector(repeating: 0)
      let doubles = unsafe bytes.assumingMemoryBound(to: Double.self)
      for lane in 0..<count - index { unsafe x[lane] = doubles[index + lane] }
      let y = transform(x)
      for lane in 0..<count - index { unsafe doubles[index + lane] = y[lane] }
    }
  }
}
