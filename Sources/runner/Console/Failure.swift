import Datasets
import Documents
import Files
import Models
import Poisoning
import Reporting
import Store
import Sweeps
import Tracking

/// Why a command ends without its result.
struct Failure: Error {
  let code: ExitStatus
  let message: String

  /// A wrong option or argument.
  static func usage(_ message: String) -> Failure { Failure(code: .usage, message: message) }

  init(code: ExitStatus, message: String) {
    self.code = code
    self.message = message
  }

  /// The failure with the option in front that has to be changed.
  private init(code: ExitStatus, option: String, _ description: String) {
    let start = description.prefix(1).lowercased()
    self.init(code: code, message: "\(option): \(start)\(description.dropFirst())")
  }

  /// What is wrong with the data, or with an option that says how to read or split them; or with
  /// the file that the option `file` names; `data` is the option that names the data.
  init(
    _ error: DatasetsError, target: String? = nil, file: String? = nil, data: String? = "--data"
  ) {
    let code: ExitStatus = error.isInputOutput ? .inputOutput : error.isUsage ? .usage : .badData
    let named: String? =
      switch error {
      case .unreadableFile: data
      case .unknownColumn(_, let reference, _, _): reference == target ? "--target" : "--ignore"
      case .ignoredTarget: "--ignore"
      case .noFeatureColumn: error.isUsage ? "--ignore" : nil
      case .validationShareOutOfRange, .validationTooLarge: "--validation"
      case .trustedShareOutOfRange, .trustedTooLarge: "--trusted"
      default: nil
      }
    if let option = file ?? named {
      self.init(code: code, option: option, "\(error)")
    } else {
      self.init(code: code, message: "\(error)")
    }
  }

  /// What is wrong with a model, or with an attack or a defence that one of the options gave.
  init(
    _ error: SpecificationError, attacks: String = "--attack", defenses: String = "--defense"
  ) {
    switch (error.kind, error.problem) {
    case (.attack, _): self.init(code: .usage, option: attacks, "\(error)")
    case (.defense, _): self.init(code: .usage, option: defenses, "\(error)")
    case (.model, .invalidParameter(let name, let value, let accepted)):
      let option = "--" + name.map { $0 == "_" ? "-" : String($0) }.joined()
      self = .usage("\(option) cannot be \(value); it must be \(accepted)")
    case (.model, _): self = .usage("\(error)")
    }
  }

  /// What is wrong with the levels that `option` gave.
  init(_ error: PoisoningError, levels option: String) {
    self.init(code: .usage, option: option, "\(error)")
  }

  /// What keeps results from being written, with the option that says where they go.
  init(_ error: FilesError, option: String? = nil) {
    let code: ExitStatus =
      switch error {
      case .wouldReplace, .exists: .usage
      case .unreadable, .unwritable, .unsuitable, .obstructed, .owned, .lost: .inputOutput
      }
    self.init(code: code, message: option.map { "\($0): \(error)" } ?? "\(error)")
  }

  /// What keeps runs from being tracked.
  init(_ error: TrackingError) {
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

  /// What is wrong with a plan or a schema.
  init(_ error: DocumentError) {
    self.init(
      code: error.isInputOutput ? .inputOutput : .badConfiguration, message: "\(error)")
  }

  /// What keeps a store from being written, or from being read.
  init(_ error: StoreError, isReading: Bool = false) {
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

  /// What keeps a study from being run, where `option` gave the poison levels.
  init(
    _ error: SweepsError, levels option: String, attacks: String = "--attack",
    defenses: String? = nil
  ) {
    let defenses = defenses ?? (attacks == "--attacks" ? "--defenses" : "--defense")
    switch error {
    case .dataset(let error): self.init(error)
    case .poisoning(let error): self.init(error, levels: option)
    case .specification(let error): self.init(error, attacks: attacks, defenses: defenses)
    case .defenseWithoutModel: self.init(code: .usage, option: defenses, "\(error)")
    case .rowsNotThere, .baseOutOfRange, .noRowsToAdd:
      self.init(code: .usage, option: "--rows", "\(error)")
    case .noPoisonLevel: self.init(code: .usage, option: option, "\(error)")
    case .noAttack: self.init(code: .usage, option: attacks, "\(error)")
    case .noDefense: self.init(code: .usage, option: defenses, "\(error)")
    case .tooManyCells: self.init(code: .usage, message: "\(error)")
    case .extent(let error):
      let name = error.key.rawValue.map { $0 == "_" ? "-" : String($0) }.joined()
      self = .usage("--\(name) cannot be \(error.value); accepted: \(error.accepted)")
    case .tooManyNeighbors(let count, let rows):
      self = .usage(
        "--n-neighbors cannot be \(count): the split leaves \(rows) training rows; "
          + "it must be from 1 to \(rows)")
    }
  }

  /// The failure that any error of the modules, or a failure itself, amounts to.
  ///
  /// `option` is the one that gave the poison levels, `attacks` the one that gave the attacks.
  init(
    _ error: any Error, levels option: String, attacks: String = "--attack",
    defenses: String? = nil
  ) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StoreError: self.init(error)
    case let error as DatasetsError: self.init(error)
    case let error as SpecificationError:
      self.init(
        SweepsError.specification(error), levels: option, attacks: attacks, defenses: defenses)
    case let error as PoisoningError: self.init(error, levels: option)
    case let error as FilesError: self.init(error)
    case let error as TrackingError: self.init(error)
    case let error as SweepsError:
      self.init(error, levels: option, attacks: attacks, defenses: defenses)
    default: self.init(code: .badMachine, message: "\(error); this is a bug of the program")
    }
  }
}
