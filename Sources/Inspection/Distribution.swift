import LinAlg

/// Distributions over K classes, row after row.
enum Distribution {
  /// exp of scores over their sum in each row.
  static func normalized(_ scores: [Double], classCount k: Int) -> [Double] {
    var p = scores
    for start in stride(from: 0, to: p.count, by: max(k, 1)) {
      var largest = p[start]
      for place in start..<start + k { largest = max(largest, p[place]) }
      var sum = 0.0
      for place in start..<start + k {
        p[place] = Lanes.exp(max(p[place] - largest, -700))
        sum += p[place]
      }
      for place in start..<start + k { p[place] /= sum }
    }
    return p
  }

  /// The most probable class of a row, the smaller one when two tie.
  static func mode(_ p: [Double], _ row: Int, classCount k: Int) -> Int {
    var best = 0
    for label in 1..<max(k, 1) where p[row * k + label] > p[row * k + best] { best = label }
    return best
  }
}
