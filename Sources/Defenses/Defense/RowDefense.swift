public import Models

/// A defence that judges training rows before a model learns from them.
///
/// It is a pure function of what it sees: random numbers come from `suspects.stream`, so that the
/// verdict is the same for any number of threads. It is defined for every set, for one row, one
/// class, constant features and rows all alike too, where it acquits what it cannot judge.
public protocol RowDefense: Sendable {
  /// The name users call the defence by.
  var name: String { get }

  /// Parameters that differ from the defaults, such as `n_neighbors=10`; empty for none.
  var parameters: [String: String] { get }

  /// Whether verdicts depend on the model that is to be trained.
  var usesModel: Bool { get }

  /// Whether it needs trusted rows.
  var needsTrusted: Bool { get }

  /// Judges rows before `learner` is given them.
  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict
}

extension RowDefense {
  /// Verdicts are the same for every model.
  public var usesModel: Bool { false }

  /// Suspects are judged by themselves.
  public var needsTrusted: Bool { false }
}
