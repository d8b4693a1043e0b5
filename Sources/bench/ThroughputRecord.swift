import Foundation
import LinAlg
import Reporting

/// The outcome of `bench throughput`, for machines and as a table.
struct ThroughputRecord: Encodable {
  /// One of our studies.
  struct Ours: Encodable {
    let name: String
    let fitsPerSecond: Double
    let fitsPerSecondOneThread: Double
    let nanosecondsPerFit: Double
    let threadRatio: Double
    let accuracy: [String: Double]
  }

  /// A model in a peer; `ratio` is our rate over its, both on all cores.
  struct Theirs: Encodable {
    let peer: String
    let model: String
    let fitsPerSecond: Double
    let ratio: Double
    let largestAccuracyScore: Double?
    let peakMegabytes: Double?
  }

  let date: String
  let processor: String
  let data: String
  let threads: Int
  let seeds: Int
  let rounds: Int
  let program: String
  let fitsPerSecond: [String: Double]
  let fitsPerSecondOneThread: [String: Double]
  let ours: [Ours]
  let peers: [Theirs]
  let versions: [String: [String: String]]
  let multiplyAddsPerSecond: Double
  let softmaxMultiplyAddShare: Double?
  let peakMegabytes: Double

  /// The table for people; Markdown, too.
  var lines: [String] {
    var lines = [
      "| model | threads | Hemlock, fits/s | ns a fit | 1 thread, fits/s | threads pay |",
      "|---|--:|--:|--:|--:|--:|",
    ]
    for row in ours {
      lines.append(
        "| \(row.name) | \(threads) | \(whole(row.fitsPerSecond)) | "
          + "\(whole(row.nanosecondsPerFit)) | \(whole(row.fitsPerSecondOneThread)) | "
          + "\(String(format: "%.2f", row.threadRatio)) × |")
    }
    if let share = softmaxMultiplyAddShare {
      lines += [
        "",
        "One core can do \(String(format: "%.1f", multiplyAddsPerSecond / 1e9)) · 10⁹ multiply-adds "
          + "a second; Newton's method for softmax reaches "
          + "\(String(format: "%.0f", share * 100)) % of it, with all else that a fit takes.",
      ]
    }
    guard !peers.isEmpty else { return lines }
    lines += [
      "", "| peer | model | fits/s | Hemlock is faster by | accuracy, largest z |",
      "|---|---|--:|--:|--:|",
    ]
    for row in peers {
      lines.append(
        "| \(row.peer) | \(row.model) | \(whole(row.fitsPerSecond)) | "
          + "\(row.ratio < 10 ? String(format: "%.1f", row.ratio) : whole(row.ratio)) × | "
          + (row.largestAccuracyScore.map { String(format: "%.1f", $0) } ?? "") + " |")
    }
    return lines + ["", agreement]
  }

  /// Whether mean accuracies differ by more than chance: 1 % of false alarms over all comparisons.
  private var agreement: String {
    let scores = peers.compactMap(\.largestAccuracyScore)
    let comparisons = scores.count * Grid.shares.count
    let limit = NormalDistribution.quantile(1 - 0.005 / Double(max(comparisons, 1)))
    let largest = scores.max() ?? 0
    return
      (largest <= limit
      ? "All agree with us on mean accuracy within sampling error"
      : "**Mean accuracies differ by more than sampling error: one of the two is wrong**")
      + ": largest z \(String(format: "%.1f", largest)), limit \(String(format: "%.1f", limit)) "
      + "(1 % of false alarms over \(comparisons) comparisons)."
  }

  /// A page of its own, with what the numbers depend on.
  var markdown: String {
    let packages = versions.sorted { $0.key < $1.key }.map { peer, versions in
      "* \(peer): "
        + versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ")
    }
    let text =
      [
        "# Throughput on \(data)", "",
        "\(date), \(processor), \(threads) threads, \(program). Levels 0, 0.05, 0.10, 0.50 of "
          + "uniform noise; split, poison, scale, fit and evaluate. Medians of \(rounds) rounds in "
          + "turns, ours of \(seeds) seeds. `bench throughput --data \(data)"
          + (peers.isEmpty ? "" : " --peers") + "` makes this page.", "",
      ] + lines
      + (packages.isEmpty ? [] : ["", "Versions:", ""] + packages)
    return text.joined(separator: "\n") + "\n"
  }

  private func whole(_ number: Double) -> String { Numbers.grouped(Int(number.rounded())) }
}
