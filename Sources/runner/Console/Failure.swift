import Analyses
import Datasets
import Documents
import Files
import Poisoning
import Provenance
import Store
import Sweeps
import Tracking

/// Why a command ends without its result.
struct Failure: Error {
  let code: ExitStatus
  let message: String

  /// A wrong option or argument.
  static func usage(_ message: String) -> Failure { Failure(code: .usage, message: message) }
}

extension Failure {
  /// The failure with the option in front, if any, that has to be changed.
  init(code: ExitStatus, option: String?, _ description: String) {
    // What does not begin a sentence may be the name of a file.
    let isSentence = Self.openings.contains(String(description.prefix { $0 != " " }))
    let start = isSentence ? description.prefix(1).lowercased() : String(description.prefix(1))
    self.init(
      code: code, message: option.map { "\($0): \(start)\(description.dropFirst())" } ?? description
    )
  }

  /// The words that sentences of errors begin with.
  private static let openings: Set = ["A", "An", "Class", "No", "Row", "The", "There"]

  /// The failure that any error of the modules, or a failure itself, amounts to.
  ///
  /// `levels`, `attacks` and `defenses` are the options that gave those. A store that `isReading` finds
  /// to be none is bad data, elsewhere it is a bad choice.
  init(
    _ error: any Error, levels: String = "--poison", attacks: String = "--attack",
    defenses: String = "--defense", isReading: Bool = true
  ) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DatasetsError: self.init(ofData: error)
    case let error as DocumentError:
      self.init(
        code: error.isInputOutput ? .inputOutput : .badConfiguration, message: "\(error)")
    case let error as FilesError: self.init(error, option: nil)
    case is PoisoningError: self.init(code: .usage, option: levels, "\(error)")
    case let error as ProvenanceError:
      self.init(
        code: error.isInputOutput ? .inputOutput : error.isUsage ? .usage : .badData,
        message: "\(error)")
    case let error as SourceStudyError: self.init(error)
    case let error as SpecificationError: self.init(error, attacks, defenses)
    case let error as StoreError: self.init(error, isReading)
    case let error as SweepsError: self.init(error, levels, attacks, defenses)
    case let error as TrackingError: self.init(error)
    default: self.init(code: .badMachine, message: "\(error); this is a bug of the program")
    }
  }

  /// What is wrong with the data, or with an option that says how to read or split them; or with
  /// the file that the option `file` names; `data` is the option that names the data.
  init(
    _ error: DatasetsError, target: String? = nil, group: String? = nil, weights: String? = nil,
    file: String? = nil, data: String? = "--data"
  ) {
    self.init(error, [target, group, weights], file, data, isPlan: false)
  }

  /// What is wrong with the data, or with how they are read or split.
  private init(ofData error: DatasetsError) {
    self.init(error, [], nil, "--data", isPlan: false)
  }

  /// What is wrong with the data that a plan names.
  init(ofPlan error: DatasetsError) { self.init(error, [], nil, nil, isPlan: true) }

  private init(
    _ error: DatasetsError, _ columns: [String?], _ file: String?, _ data: String?,
    isPlan: Bool
  ) {
    let code: ExitStatus = error.isInputOutput ? .inputOutput : error.isUsage ? .usage : .badData
    let named: String? =
      switch error {
      case .unreadableFile, .notInstalled, .targetMissing: data
      case .unknownLabels, .noLabelsFile: "--target"
      case .sampleOutOfRange: "--sample"
      case .unknownColumn(_, let reference, _, _), .ambiguousColumn(_, let reference, _):
        zip(columns, ["--target", "--group", "--weights"]).first { $0.0 == reference }?.1
          ?? "--ignore"
      case .twoParts(_, _, let parts): parts.last == "weights" ? "--weights" : "--group"
      case .noRowColumns(_, let part, _): part == "weights" ? "--weights" : "--group"
      case .groupsTooFew: "--group"
      case .noWeight: "--weights"
      case .ignoredTarget: "--ignore"
      case .noFeatureColumn: error.isUsage ? "--ignore" : nil
      case .encoding(let problem): problem.key?.asOption
      case .validationShareOutOfRange, .validationTooLarge: "--validation"
      case .trustedShareOutOfRange, .trustedTooLarge, .groupsWithoutTrusted: "--trusted"
      default: nil
      }
    let advice = DialectAdvice(error, isPlan: isPlan).map(\.description) ?? ""
    self.init(code: code, option: file ?? named, "\(error)\(advice)")
  }

  /// What keeps results from being written, with the option that says where they go.
  init(_ error: FilesError, option: String?) {
    let code: ExitStatus =
      switch error {
      case .wouldReplace, .exists: .usage
      case .unreadable, .unwritable, .unsuitable, .obstructed, .owned, .lost: .inputOutput
      }
    self.init(code: code, message: option.map { "\($0): \(error)" } ?? "\(error)")
  }

  private init(_ error: SpecificationError, _ attacks: String, _ defenses: String) {
    switch (error.kind, error.problem) {
    case (.attack, _): self.init(code: .usage, option: attacks, "\(error)")
    case (.defense, _): self.init(code: .usage, option: defenses, "\(error)")
    case (.model, .invalidParameter(let name, let value, let accepted)):
      self = .usage("\(name.asOption) cannot be \(value); it must be \(accepted)")
    case (.model, _): self = .usage("\(error)")
    }
  }

  private init(_ error: SourceStudyError) {
    switch error {
    case .oneSource: self.init(code: .badData, message: "--source-column: \(error)")
    case .unknownSource: self = .usage("--trusted-source: \(error)")
    case .dataset(let error): self.init(ofData: error)
    case .tooManySources: self = .usage("--shapley: \(error)")
    }
  }

  private init(_ error: StoreError, _ isReading: Bool) {
    let code: ExitStatus =
      switch error {
      case .missing, .folder, .locked, .diskFull, .inaccessible: .inputOutput
      case .notADatabase, .notAStore: isReading ? .badData : .badConfiguration
      case .otherSchema, .otherEngine, .otherStudy: .badConfiguration
      case .damaged: .badData
      case .unequalBlock: .badMachine
      }
    self.init(code: code, message: "\(error)")
  }

  private init(
    _ error: SweepsError, _ levels: String, _ attacks: String, _ defenses: String
  ) {
    switch error {
    case .dataset(let error): self.init(ofData: error)
    case .specification(let error): self.init(error, attacks, defenses)
    case .validation, .sharedGroups:
      self.init(code: .badData, option: "--validation", "\(error)")
    case .validationOfGenerator, .rowColumnOfGenerator:
      self.init(code: .usage, option: "--generator", "\(error)")
    case .poisoning, .noPoisonLevel: self.init(code: .usage, option: levels, "\(error)")
    case .noAttack: self.init(code: .usage, option: attacks, "\(error)")
    case .noDefense, .defenseWithoutModel: self.init(code: .usage, option: defenses, "\(error)")
    case .noVouchedRows(let areDrawn):
      self.init(code: .usage, option: areDrawn ? "--scaler-fit" : "--trusted", "\(error)")
    case .rowsNotThere, .baseOutOfRange, .noRowsToAdd:
      self.init(code: .usage, option: "--rows", "\(error)")
    case .tooManyCells: self = .usage("\(error)")
    case .extent(let error):
      self = .usage(
        "\(error.key.rawValue.asOption) cannot be \(error.value); accepted: \(error.accepted)")
    case .tooManyNeighbors(let count, let rows):
      self = .usage(
        "--n-neighbors cannot be \(count): the split leaves \(rows) training rows; "
          + "it must be from 1 to \(rows)")
    }
  }

  private init(_ error: TrackingError) {
    let code: ExitStatus =
      switch error {
      case .invalidURI, .invalidSetting, .invalidName: .usage
      case .unauthorized, .deletedExperiment, .unsupported, .otherSchema, .hiddenByFileStore:
        .badConfiguration
      case .unreachable, .refused, .badAnswer, .noArtifactAccess, .locked, .inaccessible:
        .inputOutput
      }
    self.init(code: code, message: "tracking: \(error)")
  }
}

extension String {
  /// The name of a parameter as that of an option.
  fileprivate var asOption: String { "--" + replacing("_", with: "-") }
}
