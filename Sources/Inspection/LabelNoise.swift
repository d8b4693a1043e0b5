import LinAlg

/// How labels come of classes: T_cy is the probability that a row of class c is labelled y.
///
/// Labels of all classes are wrong equally often; what they are instead is in proportion to what the surest half
/// of each class shows.
struct LabelNoise: Sendable {
  /// T, K × K.
  let transition: [Double]

  /// What the wrong labels of each class are in proportion to, K × K.
  private let others: [Double]

  /// The least rate: a label that is never wrong would leave none to doubt.
  private static let leastRate = 1e-5

  /// Labels of K classes of which a share is wrong, one of the others as often as another.
  init(rate: Double, classCount k: Int) {
    self.init(rate: rate, others: Array(repeating: 1, count: k * k), classCount: k)
  }

  /// The noise of labels, a share `rate` of them wrong, by the probabilities (n × K) of the classes of their rows.
  init(rate: Double, _ labels: [Int], _ p: [Double], classCount k: Int) {
    let best = labels.indices.map { Distribution.mode(p, $0, classCount: k) }
    var members = [[Int]](repeating: [], count: k)
    for row in labels.indices { members[best[row]].append(row) }
    // What was not seen of a class may be anything.
    var others = [Double](repeating: 1 / Double(max(k - 1, 1)), count: k * k)
    for (c, rows) in members.enumerated() {
      let surest = rows.sorted {
        let (a, b) = (p[$0 * k + c], p[$1 * k + c])
        return a > b || (a == b && $0 < $1)
      }
      for row in surest.prefix((rows.count + 1) / 2) where labels[row] != c {
        others[c * k + labels[row]] += 1
      }
    }
    self.init(rate: rate, others: others, classCount: k)
  }

  private init(rate: Double, others: [Double], classCount k: Int) {
    let rate = max(rate, Self.leastRate)
    var transition = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      let sum = (0..<k).reduce(0) { $1 == c ? $0 : $0 + others[c * k + $1] }
      for y in 0..<k {
        transition[c * k + y] = y == c ? 1 - rate : rate * others[c * k + y] / max(sum, 1e-300)
      }
    }
    (self.transition, self.others) = (transition, others)
  }

  /// The same with another share of wrong labels.
  func with(rate: Double, classCount k: Int) -> LabelNoise {
    LabelNoise(rate: rate, others: others, classCount: k)
  }
}
