import LinAlg
import Models

/// Removes the share of the rows that the model to be trained fits worst; see `TrimmedFit`.
///
/// The first start is the rows that a fit to all of them fits best, the others are random. The start that
/// ends at the smallest objective is taken.
struct Trim: RowDefense {
  let rate: Double
  let startCount: Int
  let isStratified: Bool

  let name = "trim"
  let usesModel = true

  var parameters: [String: String] {
    changed([
      "rate": "\(rate)", "starts": "\(startCount)", "quota": isStratified ? "class" : "all",
    ])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    let n = suspects.count
    let h = n - Int((rate * Double(n)).rounded())
    guard h < n, h > 0 else { return Verdict(acquitting: suspects) }
    let quotas =
      isStratified
      ? suspects.rowsOfClass.map { $0.count - Int((rate * Double($0.count)).rounded()) } : nil
    var best: TrimmedFit?
    for start in 0..<startCount {
      let rows =
        start == 0
        ? first(suspects, learner, h, quotas, threads) : draw(suspects, h, quotas, start)
      let fit = TrimmedFit(suspects, learner, from: rows, quotas: quotas, threads: threads)
      let value = fit.objectives.last ?? .infinity
      if value < best?.objectives.last ?? .infinity || best == nil { best = fit }
    }
    guard let best else { return Verdict(acquitting: suspects) }
    var isRemoved = [Bool](repeating: true, count: n)
    for row in best.kept { isRemoved[row] = false }
    return Verdict(suspects, scores: best.losses, isRemoved: isRemoved)
  }

  /// The rows that a fit to all of them fits best.
  private func first(
    _ suspects: Suspects, _ learner: any Learner, _ h: Int, _ quotas: [Int]?, _ threads: Int
  ) -> [Int] {
    let all = Array(0..<suspects.count)
    let losses = RowLoss.losses(
      of: learner.fit(suspects.problem, threads: threads), learner, suspects, kept: all,
      threads: threads)
    return TrimmedFit.first(h, quotas, of: Ranking.ascending(losses), suspects)
  }

  /// Random rows: h of all, or the quota of each class.
  private func draw(_ suspects: Suspects, _ h: Int, _ quotas: [Int]?, _ start: Int) -> [Int] {
    var stream = suspects.stream(.trim, row: start)
    let order = stream.permutation(of: suspects.count)
    return TrimmedFit.first(h, quotas, of: order, suspects)
  }
}
