public import Documents
import LinAlg

/// Duplicates: a few rows that are there again and again.
///
///     row i of the patch = the clean row s_⌊i / r⌋,   s the poison order from its end
///
/// Features and labels are those of the source, so no value and no label is new: the attack changes
/// what rows weigh. Sources come from the end of the order because rows there are taken last; once
/// nearly all are, a row may be given to itself.
public struct Duplicates: SeedwiseAttack, CataloguedAttack {
  /// r, how many rows become a copy of each source; default 5.
  public let copies: Int

  /// The class of the sources; nil for any.
  public let sourceClass: Int?

  /// What the class is asked for by.
  private let classText: String

  /// Chooses the sources, and what stands for their class in the specification: its index or another text.
  ///
  /// - Throws: `SpecificationError` unless there is a copy.
  /// - Precondition: The class is one of the data set.
  public init(
    copies: Int = 5, of sourceClass: Int? = nil, calledBy text: String? = nil
  ) throws(SpecificationError) {
    guard Self.accepted.contains(copies) else {
      throw Self.invalid(
        "copies", "\(copies)", accepted: "a whole number from 1 to \(Self.accepted.upperBound)")
    }
    precondition(sourceClass ?? 0 >= 0, "There is no class \(sourceClass ?? 0)")
    (self.copies, self.sourceClass) = (copies, sourceClass)
    classText = text ?? sourceClass.map { "\($0)" } ?? ""
  }

  private static let accepted = 1...1_000_000

  static let entry = AttackEntry(
    name: "duplicates", summary: "copies of a few clean rows",
    parameters: [
      .init("copies", "how many of each, from 1", default: "5"),
      .init("class", "the class of the rows copied", default: "any"),
    ],
    threat: ThreatModel(changes: .both, constraint: .rows), flows: [.replace, .add]
  ) { parameters throws(SpecificationError) in
    let copies = try parameters.count("copies", in: accepted)
    let source = try parameters.classIndex("class")
    return try Duplicates(copies: copies, of: source?.index, calledBy: source?.text)
  }

  /// What differs from the defaults.
  public var parameters: [String: String] {
    let ofClass = sourceClass == nil ? [:] : ["class": classText]
    return changed(["copies": "\(copies)"]).merging(ofClass) { $1 }
  }

  /// As many copies as the sources give, at most every row.
  public func capacity(classCounts: [Int]) -> Int {
    let count = classCounts.reduce(0, +)
    return min(count, copies * (sourceClass.map { classCounts[$0] } ?? count))
  }

  /// See `SeedwiseAttack`.
  public func poison(_ exposure: Exposure, count: Int, into patch: inout Patch) {
    let base = exposure.training
    patch.begin(featureCount: base.features.columns, changesLabels: true)
    let sources = exposure.order.reversed().filter { row in
      sourceClass.map { base.labels[row] == $0 } ?? true
    }
    for (index, row) in exposure.order.prefix(count).enumerated() {
      let source = sources[index / copies]
      patch.append(row: row)
      patch.append(featuresOf: base, row: source)
      patch.append(label: base.labels[source])
    }
  }
}
