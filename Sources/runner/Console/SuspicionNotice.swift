import Datasets
import Validation

/// What makes accuracy doubtful, on standard error, with what can be done about it.
struct SuspicionNotice {
  private let suspicions: [Suspicion]

  /// Whether the data are named by a plan, in which options are keys.
  private let isPlan: Bool

  /// So many lines at most are printed of a data set, the most important first.
  private static let limit = 5

  init(_ suspicions: [Suspicion], isPlan: Bool = false) {
    (self.suspicions, self.isPlan) = (suspicions, isPlan)
  }

  /// Prints a line for each; `subject` says of which data, where there are several.
  func show(of subject: String? = nil) {
    let start = "warning: " + (subject.map { "\($0): " } ?? "")
    for suspicion in suspicions.prefix(Self.limit) {
      Console.note(start + suspicion.finding + advice(suspicion))
    }
    if suspicions.count > Self.limit {
      Console.note(
        "\(start)\(suspicions.count - Self.limit) more; `runner validate` and --json have them all")
    }
  }

  private func advice(_ suspicion: Suspicion) -> String {
    if suspicion.kind == .cleanedRows {
      return isPlan ? " by validation: FILE" : " by --validation FILE"
    }
    guard !suspicion.leaveOut.isEmpty else { return "" }
    return (suspicion.finding.hasSuffix("?") ? " " : "; ")
      + DialectAdvice.ignoring(suspicion.leaveOut, isPlan)
      + (suspicion.leaveOut.count == 1 ? " leaves it out" : " leaves them out")
  }
}
