import Documents

/// Relabelling to one class: rows of the other classes are given its label.
///
/// Features stay. Rows that already have the label are passed over, so the budget is spent in full.
public struct Relabel: SeedwiseAttack, CataloguedAttack {
  /// The class that poisoned rows are given; default 0.
  public let targetClass: Int

  /// What the class is asked for by.
  private let classText: String

  /// Chooses the class, and the text that stands for it in the specification: its index or another.
  ///
  /// - Precondition: `targetClass` is a class of the data set.
  public init(to targetClass: Int = 0, calledBy text: String? = nil) {
    precondition(targetClass >= 0, "There is no class \(targetClass)")
    self.targetClass = targetClass
    classText = text ?? "\(targetClass)"
  }

  static let entry = AttackEntry(
    name: "relabel", summary: "rows of other classes get one label",
    parameters: [.init("class", "a class", default: "the first")],
    threat: ThreatModel(changes: .labels, constraint: .rows)
  ) { parameters throws(SpecificationError) in
    guard let target = try parameters.classIndex("class") else { return Relabel() }
    return Relabel(to: target.index, calledBy: target.text)
  }

  /// The class, when it is not the default.
  public var parameters: [String: String] { targetClass == 0 ? [:] : ["class": classText] }

  /// Every row of another class.
  public func capacity(classCounts: [Int]) -> Int {
    classCounts.reduce(0, +) - classCounts[targetClass]
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(changesLabels: true)
    for row in exposure.order where base.labels[row] != targetClass && patch.rows.count < count {
      patch.append(row: row, label: targetClass)
    }
    precondition(
      patch.rows.count == count, "Only \(patch.rows.count) of \(count) rows can be relabelled")
  }
}
