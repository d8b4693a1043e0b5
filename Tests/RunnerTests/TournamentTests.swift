import Foundation
import Testing

/// `runner experiment --attacks`.
struct TournamentTests {
  private static let few = ["--models", "knn,softmax", "--seeds", "12", "--levels", "0.1,0.4"]

  @Test func ranksWhatWasAskedFor() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["experiment", "--attacks", "flip,out-of-range:kappa=100", "--attacks", "uniform:flow=add"]
          + Self.few, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for title in ["Accuracy at 10 %", "Where the loss comes from at 40 %", "* collapsed"] {
        #expect(run.output.contains(title), "\(title)")
      }
      #expect(!run.output.contains("flip:flow=delete") && !run.output.contains("Targeted"))
      let results = folder.appendingPathComponent("results")
      #expect(
        try results.names() == [
          "confusion.csv", "seeds.csv", "study.sqlite", "summary.json", "tournament.vl.json",
        ])
      let summary = try decoded(
        Data(results.text("summary.json").utf8), as: ExperimentRecord.self)
      // No attack, 3 attacks and 2 controls at 2 levels; the clean level is there unasked.
      #expect(summary.cells.count == (1 + 5 * 2) * 2)
      let levels = try #require(summary.tournament?.levels)
      #expect(levels.map(\.level) == [0.1, 0.4])
      for level in levels {
        #expect(level.attacks.map(\.rank) == [1, 2, 3] && level.targetedAttacks.isEmpty)
        let drops = level.attacks.map(\.meanDrop.mean)
        #expect(drops == drops.sorted(by: >))
        for entry in level.attacks {
          let parts = [entry.meanLostCleanRows, entry.meanActiveHarm].compactMap { $0?.mean }
          #expect(parts.count == (entry.attack.flow == "add" ? 0 : 2))
          // Three means of the same counts: a few roundings of numbers up to 1.
          let total = parts.reduce(0, +)
          let isSplit = abs(total - entry.meanDrop.mean) <= 8 * Double.ulpOfOne
          #expect(parts.isEmpty || isSplit)
        }
        let added = level.attacks.first { $0.attack.flow == "add" }?.attack.poisonedRows
        // n·p/(1 − p) of n = 120.
        #expect(added == (level.level == 0.1 ? 13 : 80))
      }
    }
  }

  /// The drop of each attack, from the file of fits, by other arithmetic.
  @Test func agreesWithTheSeedsFile() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["experiment", "--attacks", "flip,relabel", "--json"] + Self.few, in: folder)
      let tournament = try #require(try run.json(as: ExperimentRecord.self).tournament)
      let rows = try Table("seeds.csv", in: folder.appendingPathComponent("results")).rows
      let mean = { (attack: String, level: Double) in
        let own = rows.filter { $0[1] == attack && Double($0[2]) == level }
        return own.compactMap { Double($0[7]) }.reduce(0, +) / Double(own.count)
      }
      for level in tournament.levels {
        for entry in level.attacks {
          let (name, share) = (entry.attack.name, level.level)
          let kept = mean("\(name):flow=delete", share)
          // Sums of 24 accuracies up to 1, in two ways.
          let tolerance = 64 * Double.ulpOfOne
          #expect(abs(entry.meanDrop.mean - (mean("none", 0) - mean(name, share))) <= tolerance)
          let harm = try #require(entry.meanActiveHarm?.mean)
          #expect(abs(harm - (kept - mean(name, share))) <= tolerance)
        }
      }
    }
  }

  /// All attacks, each at the levels it can be spent at; the others are named.
  @Test func runsTheWholeCatalogue() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        [
          "experiment", "--attacks", "all", "--levels", "0,0.1,0.9", "--models", "knn", "--seeds",
          "4", "--json",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let tournament = try #require(try run.json(as: ExperimentRecord.self).tournament)
      #expect(tournament.leftOut.contains { $0.hasPrefix("relabel at 90 %") })
      #expect(run.errors.contains("left out: relabel at 90 %"))
      let first = try #require(tournament.levels.first)
      let names = (first.attacks + first.targetedAttacks).map(\.attack.name)
      for attack in try CatalogRecord.all() {
        let isNamed = tournament.leftOut.contains { $0.hasPrefix(attack.name) }
        #expect(names.contains(attack.name) || isNamed, "\(attack.name)")
      }
    }
  }

  @Test func givesTheSameBytesForAnyNumberOfThreads() throws {
    try withTemporaryFolder { folder in
      let contents = try ["1", "2"].map { threads in
        let run = try RunnerProcess(
          [
            "experiment", "--attacks", "flip,relabel", "--threads", threads, "--results", threads,
          ] + Self.few, in: folder)
        #expect(run.status == 0)
        return try folder.appendingPathComponent(threads).contents()
          .filter { $0.key != "study.sqlite" }
      }
      #expect(contents[0] == contents[1])
    }
  }
}
