import Benchmark
import LinAlg

/// Draws from one stream, opened anew for each call.
func registerRandom() {
  let zeros = [Double](repeating: 0, count: 4_096)
  measure("uniform/f64/n4096", .kilo, in: zeros) { values in
    var stream = RandomStream(purpose: .benchmark, seed: 1)
    for index in values.indices { values[index] = stream.uniform() }
    return values[7]
  }
  measure("normal/f64/n4096", in: zeros) { values in
    var stream = RandomStream(purpose: .benchmark, seed: 1)
    for index in values.indices { values[index] = stream.normal() }
    return values[7]
  }
  measure("permutation/n150", .kilo) {
    var stream = RandomStream(purpose: .benchmark, seed: 1)
    return stream.permutation(of: 150)
  }
}
