import Foundation

/// The discrete Fourier transform of 2ᵐ numbers.
package enum FourierTransform {
  /// Replaces x by Σⱼ xⱼ·e^{−2πi·jk/N}: decimation in time.
  ///
  /// - Precondition: N = 2ᵐ ≥ 2 real and as many imaginary parts.
  package static func apply(_ real: inout [Double], _ imaginary: inout [Double]) {
    let size = real.count
    precondition(
      size >= 2 && size & (size - 1) == 0 && imaginary.count == size, "\(size) numbers to transform"
    )
    var target = 0
    for source in 1..<size {
      var bit = size >> 1
      while target & bit != 0 { (target, bit) = (target ^ bit, bit >> 1) }
      target |= bit
      if source < target {
        real.swapAt(source, target)
        imaginary.swapAt(source, target)
      }
    }
    // Each factor by its own sine and cosine: products of factors would add up their errors.
    let angle = -2 * Double.pi / Double(size)
    let cosines = (0..<size / 2).map { cos(angle * Double($0)) }
    let sines = (0..<size / 2).map { sin(angle * Double($0)) }
    var length = 1
    while length < size {
      let stride = size / (2 * length)
      for start in Swift.stride(from: 0, to: size, by: 2 * length) {
        for j in 0..<length {
          let (c, s, a, b) = (cosines[j * stride], sines[j * stride], start + j, start + j + length)
          let (x, y) = (real[b] * c - imaginary[b] * s, real[b] * s + imaginary[b] * c)
          (real[b], imaginary[b]) = (real[a] - x, imaginary[a] - y)
          (real[a], imaginary[a]) = (real[a] + x, imaginary[a] + y)
        }
      }
      length *= 2
    }
  }
}
