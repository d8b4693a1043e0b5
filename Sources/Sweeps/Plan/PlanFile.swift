public import Datasets
import Defenses
import Documents
import Foundation
import Models
import Poisoning

/// A plan read from a YAML file, and where in the file its values are.
///
/// Keys are those of the command line's options with `_` for `-`; what is left out has the same
/// default. Lists of one value may be written as that value.
///
///     data: flowers.csv          # a built-in set or a CSV file, relative to the plan's folder
///     target: species            # of a CSV file: also ignore: [a, b] and header: false
///     attacks: [uniform, "out-of-range:kappa=100"]
///     levels: [0, 0.05, 0.10, 0.50]
///     defenses: [lof, "trim:rate=0.1", validate+enn]    # each beside no defence
///     models:
///       - softmax
///       - rbf-svm: {C: [1, 10], gamma: 0.5}    # lists make a grid
///     validation: 0.2
///     trusted: 0.1               # of the other rows, for defences that need some
///     scaler: standard
///     scaler_fit: poisoned
///     seed: 0
///     seeds: 10000
///     until_ci: 0.001
///     max_seeds: 1000000
public struct PlanFile: Sendable {
  /// What the file says.
  public internal(set) var plan: SweepPlan

  /// The text of the file.
  public let text: String

  /// The place of the value of each key that is there.
  var places: [String: FileLocation] = [:]

  /// The places of the attacks, in their order.
  var attackPlaces: [FileLocation] = []

  /// The places of the defences, in their order.
  var defensePlaces: [FileLocation] = []

  /// The file as errors call it.
  let file: String

  /// Reads a file; at most 1 MB is read.
  ///
  /// - Throws: `PlanError` with the file, line and column of what is wrong.
  public init(contentsOf path: String) throws(PlanError) {
    try self.init(PlanText(contentsOf: path), folder: (path as NSString).deletingLastPathComponent)
  }

  /// Reads a text as if it were that of `file`.
  package init(_ text: String, file: String) throws(PlanError) {
    try self.init(PlanText(text, file: file), folder: "")
  }

  private init(_ text: PlanText, folder: String) throws(PlanError) {
    file = text.file
    self.text = text.source
    guard let pairs = text.root.pairs else {
      throw .notAMapping(at: text.root.location, found: text.root.found)
    }
    plan = SweepPlan(levels: Self.standardLevels, models: ModelCatalog.standard)
    var values: [PlanKey: PlanNode] = [:]
    for (keyNode, value) in pairs {
      let text = keyNode.text ?? keyNode.found
      guard let key = PlanKey(rawValue: text) else {
        throw .unknownKey(
          at: keyNode.location, key: text, owner: nil,
          accepted: PlanKey.allCases.map(\.rawValue))
      }
      values[key] = value
      places[text] = value.location
    }
    try readData(values, folder: folder)
    try readGrid(values)
    try readStudy(values)
    try readExtent(values)
  }

  private static let standardLevels = [0, 0.05, 0.1, 0.5].compactMap { try? PoisonLevel($0) }

  /// The study of the plan.
  ///
  /// - Throws: `PlanError.refused` at the place of what the data do not allow.
  public func study(of dataset: Dataset) throws(PlanError) -> Study {
    for (attack, place) in zip(plan.attacks, attackPlaces) {
      do {
        _ = try AttackCatalog.attack(attack, for: dataset)
      } catch {
        throw .refused(at: place, reason: Self.continued("attacks", "\(error)"))
      }
    }
    for (defense, place) in zip(plan.defenses, defensePlaces) {
      do {
        _ = try DefenseCatalog.chain(defense, for: dataset)
      } catch {
        throw .refused(at: place, reason: Self.continued("defenses", "\(error)"))
      }
    }
    do {
      return try plan.study(of: dataset)
    } catch {
      let key: PlanKey =
        switch error {
        case .dataset(.trustedShareOutOfRange), .dataset(.trustedTooLarge): .trusted
        case .dataset: .validation
        case .tooManyNeighbors, .rowsNotThere: .models
        case .poisoning: .levels
        case .defense, .defenseWithoutModel: .defenses
        }
      throw refusal(of: key, "\(error)")
    }
  }

  /// What is wrong with the way the data are to be read, in the plan's words.
  ///
  /// Nil where the plan is not at fault.
  public func refusal(_ error: DatasetsError) -> PlanError? {
    guard error.isUsage || error.isInputOutput else { return nil }
    let key: PlanKey =
      switch error {
      case .unreadableFile: .data
      case .unknownColumn(_, let reference, _, _):
        reference == plan.data.target ? .target : .ignore
      default: .ignore
      }
    return refusal(of: key, "\(error)")
  }

  private func refusal(of key: PlanKey, _ reason: String) -> PlanError {
    .refused(
      at: places[key.rawValue] ?? FileLocation(file: file, line: 1),
      reason: Self.continued(key.rawValue, reason))
  }

  private static func continued(_ key: String, _ reason: String) -> String {
    "\(key): \(reason.prefix(1).lowercased())\(reason.dropFirst())"
  }
}
