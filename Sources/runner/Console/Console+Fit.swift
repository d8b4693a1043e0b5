import Reporting
import Sweeps

extension Console {
  /// Shows a fit and what a targeted attack came to, for people or as JSON.
  ///
  /// - Throws: `Failure` when it cannot be written.
  static func show(_ fit: Fit, target: TargetTally?, json: Bool) throws(Failure) {
    if json {
      try show(JSONText.of(RunRecord(fit, target: target, withModel: false)))
    } else {
      try show(fit.lines(target: target))
    }
  }
}
