public import Datasets
import Documents
import LinAlg

/// An attack on one group of rows: its rows are relabelled, the rest stays.
///
/// The group is a cluster of the clean training rows (ClusterMatch: k-means on standardised
/// features, one cluster drawn for each seed) or the rows that share the values of chosen features
/// with a row drawn for each seed (FeatureMatch). Rows of the group come first, those nearest to its
/// centre foremost; a budget beyond the group spills over to the nearest rows around it. A row gets
/// the label of largest loss under softmax regression on the clean rows: the least probable one that
/// is not its own.
///
/// Success is the share of validation rows of the group that are misclassified, collateral that of
/// the others. Where the group is small, accuracy on all rows hides what happened.
///
/// Source: Jagielski, Severi, Pousette Harger, Oprea, "Subpopulation data poisoning attacks",
/// CCS 2021.
public struct Subpopulation: Attack, CataloguedAttack {
  /// Number of clusters, where groups are clusters; default 6.
  public let clusterCount: Int

  /// The features whose values make a group; nil for clusters.
  public let matched: [Int]?

  private let matchedText: String

  static let entry = AttackEntry(
    name: "subpopulation", summary: "rows of one group get the label of largest loss",
    parameters: [
      .init("clusters", "number of groups, from 2", default: "6"),
      .init("features", "those whose values make a group, such as A+B", default: "clusters"),
    ],
    threat: ThreatModel(
      goal: .subpopulation, knowledge: .surrogate, changes: .labels, constraint: .rows)
  ) { parameters throws(SpecificationError) in
    let matched = try parameters.columns("features")
    return Subpopulation(
      clusterCount: try parameters.count("clusters", in: 2...1_000),
      matched: matched?.map(\.index),
      matchedText: matched?.map(\.text).joined(separator: "+") ?? "")
  }

  private static let surrogate: Surrogate = {
    guard let surrogate = try? Surrogate(.softmax) else { preconditionFailure("C is 1") }
    return surrogate
  }()

  /// What differs from the defaults.
  public var parameters: [String: String] {
    var parameters = clusterCount == 6 ? [:] : ["clusters": "\(clusterCount)"]
    if matched != nil { parameters["features"] = matchedText }
    return parameters
  }

  /// See `Attack`.
  public func poison(_ exposures: [Exposure], count: Int, into patches: inout [Patch]) {
    let scores = Self.surrogate.logits(exposures)
    for (index, exposure) in exposures.enumerated() {
      let labels = exposure.training.labels
      let group = Group(exposure, clusterCount: clusterCount, matched: matched)
      patches[index].begin(changesLabels: true)
      for row in group.ranking(exposure).prefix(count) {
        var worst = labels[row] == 0 ? 1 : 0
        for label in 0..<exposure.training.classCount where label != labels[row] {
          if scores[index][row, label] < scores[index][row, worst] { worst = label }
        }
        patches[index].append(row: row, label: worst)
      }
    }
  }

  /// The validation rows of the group, to be given any wrong class.
  public func aim(_ exposure: Exposure, validation: LabeledRows) -> Aim? {
    let group = Group(exposure, clusterCount: clusterCount, matched: matched)
    return Aim(rows: group.members(validation.features), wanted: nil)
  }

  /// The group that is attacked under one seed.
  private struct Group {
    private let scaler: Scaler
    private let clusters: KMeans?
    private let columns: [Int]
    /// A row of the group as it is, and the standardised centre.
    private let pattern: Matrix<Double>
    private let center: Matrix<Double>
    private let cluster: Int

    init(_ exposure: Exposure, clusterCount: Int, matched: [Int]?) {
      let features = exposure.training.features
      scaler = Scaler(.standard, fittedTo: features)
      var stream = exposure.stream(.subpopulation)
      // The group of a random row, so that large groups are drawn more often, as victims would be.
      let row = stream.integer(below: features.rows)
      pattern = features.selectingRows([row])
      let standardized = scaler.transform(features)
      if let matched {
        columns = matched
        clusters = nil
        cluster = 0
        center = standardized.selectingRows([row])
      } else {
        columns = []
        let means = KMeans(standardized, count: clusterCount, &stream)
        cluster = means.groups[row]
        center = means.centers.selectingRows([cluster])
        clusters = means
      }
    }

    func members(_ features: Matrix<Double>) -> [Int] {
      if let clusters {
        let nearest = clusters.nearestCenters(to: scaler.transform(features))
        return nearest.indices.filter { nearest[$0] == cluster }
      }
      return (0..<features.rows).filter { row in
        columns.allSatisfy { features[row, $0] == pattern[0, $0] }
      }
    }

    /// All training rows: those of the group first, nearer ones before farther ones.
    func ranking(_ exposure: Exposure) -> [Int] {
      let features = exposure.training.features
      let points = scaler.transform(features)
      var isMember = [Bool](repeating: false, count: points.rows)
      for row in members(features) { isMember[row] = true }
      let distances = (0..<points.rows).map { KMeans.distance(points, $0, center, 0) }
      let ranks = exposure.ranks
      return exposure.order.sorted { a, b in
        if isMember[a] != isMember[b] { return isMember[a] }
        if distances[a] != distances[b] { return distances[a] < distances[b] }
        return ranks[a] < ranks[b]
      }
    }
  }
}
