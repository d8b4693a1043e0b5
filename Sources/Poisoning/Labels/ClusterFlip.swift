import Documents
import LinAlg
import Models

/// Coherent flips of whole neighbourhoods: local clusters of wrong labels.
///
/// Rows are flipped in the order of their distance to a centre. With a the class of the centre and
/// b the class of its nearest row of another class, rows of b become a and all others b. After
/// `size` rows the next centre follows, the next row of the common order that is not flipped yet.
///
/// With `tries` > 1 as many first centres are tried: a support vector machine is trained on the
/// rows with a tenth of them flipped, and the centre is kept whose machine has the largest error on
/// the clean labels; of equal ones the first. Distances are Euclidean over standardised features.
///
/// Source: Xiao, Biggio, Nelson, Xiao, Eckert, Roli, "Support vector machines under adversarial
/// label contamination", Neurocomputing 160 (2015), whose correlated clusters are tried by the error
/// of a machine too; the order of distance and several classes are ours.
package struct ClusterFlip: SeedwiseAttack, CataloguedAttack {
  /// Rows of a cluster; nil for one cluster of all rows.
  package let size: Int?

  /// Number of first centres that are tried.
  package let tries: Int

  /// The machine they are tried with.
  package let surrogate: Surrogate

  /// Chooses clusters.
  ///
  /// - Precondition: Sizes and tries are positive, and the surrogate is a support vector machine.
  package init(size: Int? = nil, tries: Int = 1, surrogate: Surrogate) {
    precondition(size ?? 1 >= 1 && tries >= 1, "Clusters of \(size ?? 0) rows, \(tries) tries")
    precondition(surrogate.kind != .softmax, "Clusters are tried with support vector machines")
    (self.size, self.tries, self.surrogate) = (size, tries, surrogate)
  }

  /// What differs from one cluster around the first centre.
  package var parameters: [String: String] {
    let own = changed(["size": size.map { "\($0)" } ?? "all", "tries": "\(tries)"])
    return tries == 1
      ? own : own.merging(surrogate.parameters(among: SurrogateKind.machines)) { $1 }
  }

  static let entry = AttackEntry(
    name: "cluster", summary: "labels of rows around a centre, all in the same sense",
    parameters: [
      .init("size", "rows of a cluster, 1 or more", default: "all"),
      .init("tries", "first centres that are tried, 1 or more", default: "1"),
    ]
      + Surrogate.entries(SurrogateKind.machines),
    threat: ThreatModel(knowledge: .data, changes: .labels, constraint: .rows)
  ) { parameters throws(SpecificationError) in
    ClusterFlip(
      size: parameters.text("size") == nil ? nil : try parameters.count("size"),
      tries: try parameters.count("tries"),
      surrogate: try parameters.surrogate(among: SurrogateKind.machines))
  }

  /// See `SeedwiseAttack`.
  package func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    patch.begin(changesLabels: true)
    guard count > 0 else { return }
    let flips = Clusters(exposure).flips(
      count, size: size, centre: tries > 1 ? bestCentre(exposure) : exposure.order[0])
    for flip in flips { patch.append(row: flip.row, label: flip.label) }
  }

  /// The centre whose flips of a tenth of the rows mislead the machine most.
  private func bestCentre(_ exposure: Exposure) -> Int {
    let clusters = Clusters(exposure)
    let clean = exposure.training.labels
    var machines = RelabeledMachines(
      surrogate.machine, features: StandardizedRows(exposure).training,
      classCount: exposure.training.classCount)
    var (best, most) = (exposure.order[0], -1)
    for centre in exposure.order.prefix(tries) {
      var labels = clean
      for flip in clusters.flips((clean.count + 9) / 10, size: size, centre: centre) {
        labels[flip.row] = flip.label
      }
      machines.fit(labels)
      let errors = zip(machines.predictions, clean).count { $0 != $1 }
      if errors > most { (best, most) = (centre, errors) }
    }
    return best
  }
}

/// The training rows of one exposure, flipped cluster by cluster.
private struct Clusters {
  private let base: TrainingSet
  private let order: [Int]
  /// One over the deviation of each feature.
  private let weights: [Double]

  init(_ exposure: Exposure) {
    base = exposure.training
    order = exposure.order
    weights = ColumnMoments(base).deviations.map { $0 > 0 ? min(1 / $0, 1e300) : 1 }
  }

  /// The first `count` flips of clusters of `size` rows, the first around `centre`.
  func flips(_ count: Int, size: Int?, centre: Int) -> [(row: Int, label: Int)] {
    let labels = base.labels
    var flips: [(row: Int, label: Int)] = []
    flips.reserveCapacity(count)
    var isFlipped = [Bool](repeating: false, count: labels.count)
    var next = 0
    var centre = centre
    while flips.count < count {
      let rows = rows(around: centre)
      let a = labels[centre]
      let b = rows.first { labels[$0] != a }.map { labels[$0] } ?? (a + 1) % base.classCount
      var left = min(size ?? count, count - flips.count)
      for row in rows where left > 0 && !isFlipped[row] {
        left -= 1
        isFlipped[row] = true
        flips.append((row, labels[row] == b ? a : b))
      }
      while next < order.count, isFlipped[order[next]] { next += 1 }
      if next < order.count { centre = order[next] }
    }
    return flips
  }

  /// All rows by their standardised distance to a centre; ties in the order of rows.
  private func rows(around centre: Int) -> [Int] {
    let d = weights.count
    let (x, scales) = (base.features.elements.span, weights.span)
    var places: [(distance: Double, rank: Int, row: Int)] = []
    places.reserveCapacity(order.count)
    for (rank, row) in order.enumerated() {
      var distance = 0.0
      for j in 0..<d {
        let difference = (x[row * d + j] - x[centre * d + j]) * scales[j]
        distance += difference * difference
      }
      places.append((distance, rank, row))
    }
    places.sort { ($0.distance, $0.rank) < ($1.distance, $1.rank) }
    return places.map(\.row)
  }
}
