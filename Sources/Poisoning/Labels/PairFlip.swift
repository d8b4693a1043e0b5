import Documents

/// Pair flips: labels that are taken for the next class, or one class for one other.
///
///     y → (y + 1) mod K,   or   a → b for rows of class a alone
///
/// Features stay. Label noise that depends on the class: from p = ½ on, most rows of a class have
/// the wrong label together, while uniform flips need p = (K − 1)/K.
///
/// Source: Frénay, Verleysen, "Classification in the presence of label noise", IEEE TNNLS 2014.
public struct PairFlip: SeedwiseAttack, CataloguedAttack {
  /// One class that is taken for another.
  public struct Pair: Sendable, Equatable {
    /// The class whose rows are poisoned.
    public let source: Int

    /// The label they get.
    public let target: Int

    /// Puts a pair together.
    public init(from source: Int, to target: Int) {
      (self.source, self.target) = (source, target)
    }
  }

  /// The only pair; nil for all classes, each to the next; default nil.
  public let pair: Pair?

  /// What the classes of the pair are asked for by.
  private let texts: [String: String]

  /// Chooses the classes, and the texts that stand for them in the specification: their indices or
  /// others, by the names of the parameters.
  ///
  /// - Precondition: They are two classes of the data set.
  public init(_ pair: Pair? = nil, calledBy texts: [String: String]? = nil) {
    precondition(
      pair.map { $0.source >= 0 && $0.target >= 0 && $0.source != $0.target } ?? true,
      "A pair needs two classes")
    self.pair = pair
    self.texts =
      texts ?? pair.map { ["from": "\($0.source)", "to": "\($0.target)"] } ?? [:]
  }

  static let entry = AttackEntry(
    name: "pair", summary: "labels of the next class, or from one to one other",
    parameters: [
      .init("from", "a class, with to", default: "every class"),
      .init("to", "another class, with from", default: "the next class"),
    ],
    threat: ThreatModel(changes: .labels, constraint: .rows)
  ) { parameters throws(SpecificationError) in
    switch (try parameters.classIndex("from"), try parameters.classIndex("to")) {
    case (nil, nil): return PairFlip()
    case (nil, _): throw parameters.invalid("from", accepted: "given together with to")
    case (_, nil): throw parameters.invalid("to", accepted: "given together with from")
    case (let source?, let target?):
      guard source.index != target.index else {
        throw parameters.invalid("to", accepted: "another class than from")
      }
      return PairFlip(
        Pair(from: source.index, to: target.index),
        calledBy: ["from": source.text, "to": target.text])
    }
  }

  /// The classes, when they are not all.
  public var parameters: [String: String] { texts }

  /// Every row, or every row of the first class of the pair.
  public func capacity(classCounts: [Int]) -> Int {
    pair.map { classCounts[$0.source] } ?? classCounts.reduce(0, +)
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(changesLabels: true)
    let eligible = exposure.order.lazy.filter { row in
      pair.map { base.labels[row] == $0.source } ?? true
    }
    for row in eligible.prefix(count) {
      patch.append(row: row, label: pair?.target ?? (base.labels[row] + 1) % base.classCount)
    }
    precondition(
      patch.rows.count == count, "Only \(patch.rows.count) of \(count) rows can be flipped")
  }
}
