/// What may pass when a call is made again.
struct Trouble: Error {
  private static let passingStatuses: Set = [408, 429, 500, 502, 503, 504]

  /// What it is, in a few words.
  let reason: String

  let pauseSeconds: Double?

  /// Whether there was no answer at all.
  private let isLoss: Bool

  init(loss reason: String) {
    (self.reason, pauseSeconds, isLoss) = (reason, nil, true)
  }

  /// An answer that is none; nil if it is one.
  init?(_ answer: HTTPAnswer, to call: HTTPCall) {
    guard Self.passingStatuses.contains(answer.status),
      answer.status != 500 || call.retriesServerErrors, !answer.saysArtifactsAreDisabled
    else { return nil }
    let words = answer.failure.map { ": " + $0.words.inOneLine(limit: 200) }
    reason = answer.statusText + (words ?? "")
    (pauseSeconds, isLoss) = (answer.retryAfterSeconds, false)
  }

  func error(of backEnd: String, call: String, tryCount: Int) -> TrackingError {
    let tries = tryCount == 1 ? "tried once" : "tried \(tryCount) times"
    return isLoss
      ? .unreachable(backEnd: backEnd, reason: "\(reason) (\(call), \(tries))")
      : .refused(backEnd: backEnd, call: call, reason: "\(reason) (\(tries))")
  }
}
