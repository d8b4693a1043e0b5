import Datasets
import Defenses
import LinAlg
import Models
import Testing

/// Sanitisers against brute force, and on labels that were flipped.
struct SanitizerTests {
  @Test(arguments: [(3, 0.5), (10, 0.5), (10, 0.8), (1, 1.0)])
  func relabellingIsThatOfAPlainSearch(_ neighbors: Int, _ eta: Double) throws {
    let data = scaled("wine")
    let labels = flipped(data.labels, share: 0.2, classCount: 3, seed: 2)
    let verdict = try rowDefense("knn-relabel:n_neighbors=\(neighbors),eta=\(eta)").judge(
      suspects("wine", labels: labels), for: softmax(), threads: 1)
    for row in 0..<labels.count {
      let distances = (0..<labels.count).map { other in
        (0..<13).reduce(0.0) {
          let difference = data.features[row, $1] - data.features[other, $1]
          return $0 + difference * difference
        }
      }
      let order = labels.indices.filter { $0 != row }.sorted {
        distances[$0] < distances[$1] || (distances[$0] == distances[$1] && $0 < $1)
      }
      var votes = [0, 0, 0]
      for other in order.prefix(neighbors) { votes[labels[other]] += 1 }
      let most = votes.firstIndex(of: votes.max() ?? 0) ?? 0
      let agrees = Double(votes[most]) / Double(neighbors) >= eta
      #expect(verdict.labels[row] == (agrees ? most : labels[row]))
    }
  }

  @Test(arguments: ["mean", "median"])
  func sphereTakesTheFarthestOfEachClass(_ center: String) throws {
    let data = scaled("wine")
    let verdict = try rowDefense("sphere:rate=0.1,center=\(center)").judge(
      suspects("wine"), for: softmax(), threads: 1)
    for label in 0..<3 {
      let rows = data.labels.indices.filter { data.labels[$0] == label }
      let middle = (0..<13).map { j in
        let values = rows.map { data.features[$0, j] }.sorted()
        return center == "mean"
          ? values.reduce(0, +) / Double(values.count)
          : (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      }
      let distances = rows.map { row in
        (0..<13).reduce(0.0) {
          $0 + (data.features[row, $1] - middle[$1]) * (data.features[row, $1] - middle[$1])
        }
      }
      let count = Int((0.1 * Double(rows.count)).rounded())
      let farthest = rows.indices.sorted { distances[$0] > distances[$1] }.prefix(count)
      #expect(
        Set(rows.filter { verdict.weights[$0] == 0 }) == Set(farthest.map { rows[$0] }))
    }
  }

  /// Two classes on a line: the slab sees what lies beyond along it, not across.
  @Test func slabMeasuresAlongTheLineBetweenClasses() throws {
    let points: [[Double]] =
      (0..<10).map { [-5 + Double($0) / 10, Double($0 % 3)] }
      + (0..<10).map { [5 + Double($0) / 10, Double($0 % 3)] }
    var rows = points
    rows[3] = [-5, 40]
    rows[14] = [-5, 1]
    let verdict = try rowDefense("slab:rate=0.1").judge(
      Suspects(
        features: Matrix(rows: 20, columns: 2, elements: rows.flatMap { $0 }),
        labels: (0..<20).map { $0 / 10 }, classCount: 2), for: softmax(), threads: 1)
    #expect(verdict.weights[14] == 0)
    #expect(verdict.weights[3] == 1)
  }

  /// Both half steps lower the objective, the penalty included.
  @Test(arguments: [0.1, 0.3], [UInt32(0), 1, 2, 3])
  func trimmedObjectivesNeverRise(_ rate: Double, _ seed: UInt32) throws {
    let data = scaled("wine")
    let labels = flipped(data.labels, share: 0.2, classCount: 3, seed: seed)
    let all = suspects("wine", labels: labels, seed: seed)
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_992), seed: seed)
    let h = 178 - Int(rate * 178)
    let start = Array(stream.permutation(of: 178).prefix(h)).sorted()
    for (learner, slack): (any Learner, Double) in [
      (try SoftmaxRegression(tolerance: 1e-10), 1e-9),
      // The dual is below the primal by the gap, which the tolerance bounds.
      (try SupportVectorClassifier(kernel: .linear, tolerance: 1e-8), 1e-4),
      (try SupportVectorClassifier(kernel: .rbf(gamma: .value(0.1)), tolerance: 1e-8), 1e-4),
    ] {
      let fit = TrimmedFit(all, learner, from: start, quotas: nil, threads: 1)
      #expect(fit.kept.count == h)
      #expect(fit.objectives.count >= 2)
      for (before, after) in zip(fit.objectives, fit.objectives.dropFirst()) {
        #expect(after <= before + slack, "\(fit.objectives)")
      }
    }
  }

  /// The fixed point: those kept have the smallest losses under the model they gave.
  @Test func trimmingEndsWhereRowsStay() throws {
    let data = scaled("iris")
    let labels = flipped(data.labels, share: 0.2, classCount: 3, seed: 5)
    let all = suspects("iris", labels: labels)
    let fit = TrimmedFit(
      all, try SoftmaxRegression(), from: Array(0..<120), quotas: nil, threads: 1)
    let kept = Set(fit.kept)
    let largestKept = fit.kept.map { fit.losses[$0] }.max() ?? 0
    let smallestGone = (0..<150).filter { !kept.contains($0) }.map { fit.losses[$0] }.min() ?? 0
    // An improvement below 1e-5 ends it too, so a swap may be left that is worth no more.
    #expect(smallestGone >= largestKept - 1e-4)
  }

  /// Flips of labels at random: most of what is found was flipped, and most of what was flipped is found.
  @Test(arguments: [
    ("knn-relabel", 0.7, 0.9), ("enn", 0.5, 0.85), ("trim:rate=0.1", 0.85, 0.85),
    ("confident-learning", 0.5, 0.7), ("mcd:rate=0.1", 0.6, 0.6),
  ])
  func findsRandomFlips(_ text: String, _ precision: Double, _ recall: Double) throws {
    var (hits, flagged, poisoned) = (0, 0, 0)
    for seed in UInt32(0)..<10 {
      let data = scaled("iris")
      let labels = flipped(data.labels, share: 0.1, classCount: 3, seed: seed)
      let all = suspects("iris", labels: labels, seed: seed)
      let verdict = try rowDefense(text).judge(all, for: softmax(), threads: 1)
      for row in labels.indices {
        let isFlagged = verdict.isFlagged(row, of: all)
        let isPoisoned = labels[row] != data.labels[row]
        flagged += isFlagged ? 1 : 0
        poisoned += isPoisoned ? 1 : 0
        hits += isFlagged && isPoisoned ? 1 : 0
      }
    }
    #expect(Double(hits) / Double(flagged) > precision, "\(hits) of \(flagged) flagged")
    #expect(Double(hits) / Double(poisoned) > recall, "\(hits) of \(poisoned) poisoned")
  }

  /// cleanlab's documentation finds 87 % of 100 errors in digits at a precision of 53 %, with a
  /// regression on pixels as they are; rows differ, so a band of 15 points is allowed.
  @Test func findsPublishedSharesOfErrorsInDigits() throws {
    let digits = EmbeddedDataset.digits.load()
    var labels = digits.labels
    var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_991), seed: 477)
    for row in stream.permutation(of: labels.count).prefix(100) {
      labels[row] = stream.integer(below: 10)
    }
    let all = Suspects(features: digits.features, labels: labels, classCount: 10)
    let verdict = try rowDefense("confident-learning").judge(all, for: softmax(), threads: 2)
    let wrong = labels.indices.filter { labels[$0] != digits.labels[$0] }
    let flagged = verdict.weights.count { $0 == 0 }
    let hits = wrong.count { verdict.weights[$0] == 0 }
    let (recall, precision) = (
      Double(hits) / Double(wrong.count), Double(hits) / Double(flagged)
    )
    #expect(recall > 0.72, "recall \(recall)")
    #expect(precision > 0.38, "precision \(precision)")
  }
}
