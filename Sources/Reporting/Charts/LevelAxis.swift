extension Chart {
  /// An axis of poisoned shares: its ticks are the shares that were measured, and no others.
  package struct LevelAxis: Sendable {
    /// Ticks nearer to each other than this share of the axis are set apart by a symlog scale.
    private static let nearest = 1.0 / 12

    private let levels: [Double]

    /// The axis of shares from 0 to 1, in any order.
    package init(_ levels: [Double]) { self.levels = Set(levels).sorted() }

    /// Whether the scale is a logarithm of all but the smallest shares: the levels span decades.
    package var isSymlog: Bool {
      guard let first = levels.first, let last = levels.last, last > first else { return false }
      let gaps = zip(levels, levels.dropFirst()).map { $1 - $0 }
      return (gaps.min() ?? 1) < Self.nearest * (last - first)
    }

    /// The scale, which ends at the first and the last level.
    var scale: Channel.Scale {
      let (low, high) = (levels.first ?? 0, levels.last ?? 1)
      // A single level stands in the middle.
      let domain = low == high ? [low - 0.01, high + 0.01] : [low, high]
      let constant = levels.first { $0 > 0 }
      return isSymlog
        ? Channel.Scale(type: "symlog", constant: constant, nice: false, domain: .numbers(domain))
        : Channel.Scale(zero: false, nice: false, domain: .numbers(domain))
    }

    /// A column of shares along the axis.
    func channel(_ field: String, _ title: String = "poisoned share of the training rows")
      -> Channel
    {
      .number(
        field, title + (isSymlog ? ", symlog scale" : ""),
        axis: Channel.Guide(format: ".6~%", values: levels, labelFlush: false), scale: scale)
    }
  }
}
