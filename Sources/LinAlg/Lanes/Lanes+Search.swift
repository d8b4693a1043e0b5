/// Searches in single precision, eight numbers at a time.
extension Lanes {
  /// The first place from `place` on at which a[start + place] + b[place] is not beyond a limit; nil
  /// where all are beyond.
  ///
  /// Nothing is beyond NaN, and NaN beyond nothing.
  /// - Precondition: a has as many numbers from `start` on as b has; `0 <= place <= b.count`.
  public static func firstSum(
    of a: [Float], at start: Int, and b: [Float], from place: Int, notBeyond limit: Float
  ) -> Int? {
    precondition(
      start >= 0 && start + b.count <= a.count && place >= 0 && place <= b.count,
      "Places \(place) to \(b.count) of \(a.count) numbers from \(start)")
    typealias Vector = SIMD8<Float>
    let size = MemoryLayout<Float>.stride
    var place = place
    // Safe: vectors end inside the numbers; the last few go one by one.
    return unsafe a.withUnsafeBytes { a in
      unsafe b.withUnsafeBytes { b in
        let limits = Vector(repeating: limit)
        while place &+ Vector.scalarCount <= b.count / size {
          let x = unsafe a.loadUnaligned(fromByteOffset: (start &+ place) &* size, as: Vector.self)
          let y = unsafe b.loadUnaligned(fromByteOffset: place &* size, as: Vector.self)
          let isBeyond = x + y .> limits
          if !all(isBeyond) {
            for lane in 0..<Vector.scalarCount where !isBeyond[lane] { return place &+ lane }
          }
          place &+= Vector.scalarCount
        }
        while place < b.count / size {
          let sum =
            unsafe a.load(fromByteOffset: (start &+ place) &* size, as: Float.self)
            + b.load(fromByteOffset: place &* size, as: Float.self)
          if !(sum > limit) { return place }
          place &+= 1
        }
        return nil
      }
    }
  }
}
