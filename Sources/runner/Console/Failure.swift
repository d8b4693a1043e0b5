import Datasets
import Models
import Poisoning
import Reporting
import Sweeps

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

  init(_ error: DatasetsError) {
    let code: ExitStatus = error.isInputOutput ? .inputOutput : error.isUsage ? .usage : .badData
    self.init(code: code, message: "\(error)")
  }

  init(_ error: ModelsError) { self.init(code: .usage, message: "\(error)") }

  init(_ error: PoisoningError) { self.init(code: .usage, message: "\(error)") }

  init(_ error: ReportingError) { self.init(code: .inputOutput, message: "\(error)") }

  init(_ error: SweepsError) {
    switch error {
    case .dataset(let error): self.init(error)
    case .poisoning(let error): self.init(error)
    case .tooManyNeighbors: self.init(code: .usage, message: "\(error)")
    }
  }

  /// The failure that any error of the modules, or a failure itself, amounts to.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DatasetsError: self.init(error)
    case let error as ModelsError: self.init(error)
    case let error as PoisoningError: self.init(error)
    case let error as ReportingError: self.init(error)
    case let error as SweepsError: self.init(error)
    default: self.init(code: .badMachine, message: "\(error); this is a bug of the program")
    }
  }
}
