import LinAlg

/// Deals out groups of rows, whole, to the sides of a split, so that every seed has as many rows of each class
/// on each side.
///
/// Groups are taken in random order. One goes to validation if the numbers of rows of the classes there come
/// nearer to those asked for, Σ_c |v_c − m_c|; a class that then has no row there gets the first group that has
/// some. Trusted rows are taken from the other groups in the same way. No group goes that has the last training
/// row of a class. Groups of one row are dealt out as `Split.stratified` deals out rows: m_c of each class, each
/// set of that many as probable as any other.
///
/// How many rows that gives depends on the order, and lanes and blocks need one number. So trial deals, which no
/// key or seed of a study enters, come first. Of those in which fewest classes lack rows, the half nearest to the
/// numbers asked for is kept, and what each of these has at least, class by class and side by side, is what
/// every split uses. A seed deals anew, with the number of the attempt in the address of its stream, until it
/// has as many; as half of the trials had, the chance that 64 attempts fail is about 2^-64 where trials were
/// alike in what classes lack. After those it takes the order of one of the trials kept, which has enough. So
/// every seed comes to an end, and has what it must. Rows beyond are set aside, at random.
struct GroupDeal: Sendable {
  /// Number of validation rows of each class, in every split.
  private(set) var validationCounts: [Int]

  /// Number of trusted rows of each class, in every split.
  private(set) var trustedCounts: [Int]

  /// Number of training rows of each class, in every split.
  private(set) var trainingCounts: [Int]

  /// How many rows of each class each group has, without those it has none of.
  private let members: [[(label: Int, count: Int)]]
  private let classCounts: [Int]
  private let validationQuota: [Int]
  private let trustedQuota: [Int]

  /// The trials whose orders every split can fall back on.
  private var kept: [Int] = []

  private var order: [Int]
  private(set) var sides: [SplitSide]
  private var trainingTally: [Int]
  private var validationTally: [Int]
  private var trustedTally: [Int]

  /// How often a seed deals before it takes the order of a trial.
  private static let attemptCount = 64

  /// How many trials there are: fewer of very many groups, of which all deals are much alike.
  private static func trialCount(_ groupCount: Int) -> Int {
    min(256, max(32, 2_000_000 / max(groupCount, 1)))
  }

  /// Finds what every split can have of `validation` and `trusted` rows of each class.
  ///
  /// - Parameter groups: The group of each row, in 0..<groupCount; the rows are the first ones of `labels`.
  /// - Complexity: O(trials × groups × classes in each).
  init(
    groups: some Collection<Int>, groupCount: Int, labels: [Int], classCount: Int,
    validation: [Int], trusted: [Int]
  ) {
    var counts = [[Int: Int]](repeating: [:], count: groupCount)
    for (group, label) in zip(groups, labels) { counts[group][label, default: 0] += 1 }
    members = counts.map { count in
      count.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) }
    }
    let none = [Int](repeating: 0, count: classCount)
    classCounts = members.joined().reduce(into: none) { $0[$1.label] += $1.count }
    (validationQuota, trustedQuota) = (validation, trusted)
    order = Array(0..<groupCount)
    sides = Array(repeating: .train, count: groupCount)
    (validationTally, trustedTally, trainingTally) = (none, none, classCounts)
    (validationCounts, trustedCounts, trainingCounts) = (none, none, classCounts)
    keepTrials()
  }

  /// Keeps the better trials, and what all of them have.
  private mutating func keepTrials() {
    let trials = (0..<Self.trialCount(members.count)).map { trial in
      deal(trial: trial)
      return (lacking: lackingCount, distance: distance)
    }
    let least = trials.map(\.lacking).min() ?? 0
    let candidates = trials.indices.filter { trials[$0].lacking == least }
      .sorted { (trials[$0].distance, $0) < (trials[$1].distance, $1) }
    kept = Array(candidates.prefix((candidates.count + 1) / 2))
    for (place, trial) in kept.enumerated() {
      deal(trial: trial)
      let least = { (counts: [Int], tally: [Int]) in
        place == 0 ? tally : zip(counts, tally).map(min)
      }
      validationCounts = least(validationCounts, validationTally)
      trustedCounts = least(trustedCounts, trustedTally)
      trainingCounts = least(trainingCounts, trainingTally)
    }
  }

  /// Deals out the groups for a seed; `sides` then says where each is.
  mutating func draw(key: RandomKey, seed: UInt32) {
    for attempt in 0..<Self.attemptCount {
      deal(RandomStream(key: key, purpose: .groups, seed: seed, row: attempt))
      if hasEnough { return }
    }
    deal(trial: kept[Int(seed) % kept.count])
  }

  /// The number of groups that have rows of a class.
  func groupCount(of label: Int) -> Int {
    members.count { $0.contains { $0.label == label } }
  }

  // MARK: - One deal

  private mutating func deal(trial: Int) {
    deal(RandomStream(key: .standard, purpose: .groupTrials, seed: 0, row: trial))
  }

  private mutating func deal(_ stream: RandomStream) {
    var stream = stream
    for group in order.indices {
      order[group] = group
      sides[group] = .train
    }
    stream.shuffle(&order, prefix: order.count)
    trainingTally = classCounts
    validationTally = fill(.validation, validationQuota)
    trustedTally = fill(.trusted, trustedQuota)
  }

  /// Takes groups that train to another side, and counts the rows that are there then.
  private mutating func fill(_ side: SplitSide, _ quota: [Int]) -> [Int] {
    var tally = quota.map { _ in 0 }
    var distance = quota.reduce(0, +)
    for group in order where sides[group] == .train {
      guard distance > 0 else { return tally }
      var change = 0
      for (label, count) in members[group] {
        change += abs(tally[label] + count - quota[label]) - abs(tally[label] - quota[label])
      }
      guard change < 0, spares(group) else { continue }
      take(group, to: side, &tally)
      distance += change
    }
    for label in quota.indices where quota[label] > 0 && tally[label] == 0 {
      let group = order.first { group in
        sides[group] == .train && members[group].contains { $0.label == label } && spares(group)
      }
      if let group { take(group, to: side, &tally) }
    }
    return tally
  }

  /// Whether every class keeps rows to train on without a group.
  private func spares(_ group: Int) -> Bool {
    members[group].allSatisfy { trainingTally[$0.label] > $0.count }
  }

  private mutating func take(_ group: Int, to side: SplitSide, _ tally: inout [Int]) {
    sides[group] = side
    for (label, count) in members[group] {
      tally[label] += count
      trainingTally[label] -= count
    }
  }

  // MARK: - What a deal came to

  /// Number of classes that lack validation rows, and of those that lack trusted ones, of which they should
  /// have some.
  private var lackingCount: Int {
    classCounts.indices.reduce(0) { sum, c in
      sum + (validationQuota[c] > 0 && validationTally[c] == 0 ? 1 : 0)
        + (trustedQuota[c] > 0 && trustedTally[c] == 0 ? 1 : 0)
    }
  }

  private var distance: Int {
    classCounts.indices.reduce(0) { sum, c in
      sum + abs(validationTally[c] - validationQuota[c]) + abs(trustedTally[c] - trustedQuota[c])
    }
  }

  private var hasEnough: Bool {
    classCounts.indices.allSatisfy { c in
      validationTally[c] >= validationCounts[c] && trustedTally[c] >= trustedCounts[c]
        && trainingTally[c] >= trainingCounts[c]
    }
  }
}
