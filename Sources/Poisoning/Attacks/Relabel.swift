public import LinAlg

/// Relabelling to one class: rows of the other classes are given its label.
///
/// Features stay. Rows that already have the label are passed over, so the budget is spent in full.
public struct Relabel: Attack {
  /// `relabel`.
  public let name = "relabel"

  /// The class that poisoned rows are given; default 0.
  public let targetClass: Int

  /// What the class is asked for by.
  private let classText: String

  /// Chooses the class.
  ///
  /// - Precondition: `targetClass` is a class of the data set.
  public init(to targetClass: Int = 0) {
    self.init(to: targetClass, calledBy: "\(targetClass)")
  }

  /// Chooses a class and the text that stands for it in the specification.
  init(to targetClass: Int, calledBy classText: String) {
    precondition(targetClass >= 0, "There is no class \(targetClass)")
    self.targetClass = targetClass
    self.classText = classText
  }

  /// The class, when it is not the default.
  public var parameters: [String: String] { targetClass == 0 ? [:] : ["class": classText] }

  /// Every row of another class.
  public func capacity(classCounts: [Int]) -> Int {
    classCounts.reduce(0, +) - classCounts[targetClass]
  }

  /// Changes the labels of `count` rows; see `Attack`.
  public func patch(_ base: TrainingSet, count: Int, key: RandomKey, seed: UInt32) -> Patch {
    let candidates = poisonOrder(base, key: key, seed: seed)
      .filter { base.labels[$0] != targetClass }
    precondition(count <= candidates.count, "Only \(candidates.count) rows can be relabelled")
    return Patch(
      rows: Array(candidates.prefix(count)), labels: Array(repeating: targetClass, count: count))
  }
}
