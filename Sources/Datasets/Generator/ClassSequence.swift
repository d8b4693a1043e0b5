/// The classes of the rows of a sample.
package enum ClassSequence {
  /// The class with the greatest prior·(i + 1) − rows of the class so far for each row i, ties to the
  /// smaller class index.
  package static func labels(count: Int, priors: [Double]) -> [Int] {
    var counts = [Double](repeating: 0, count: priors.count)
    var labels: [Int] = []
    labels.reserveCapacity(count)
    for row in 0..<count {
      var (neediest, greatest) = (0, -Double.infinity)
      for c in priors.indices {
        let deficit = priors[c] * Double(row + 1) - counts[c]
        if deficit > greatest { (neediest, greatest) = (c, deficit) }
      }
      counts[neediest] += 1
      labels.append(neediest)
    }
    return labels
  }
}
