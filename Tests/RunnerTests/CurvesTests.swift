import Foundation
import TestSupport
import Testing

/// What `curves --json` prints, as far as the tests look at it.
private struct Record: Decodable, Equatable {
  struct Estimate: Decodable, Equatable {
    let value: Double?
    let ci95: [Double?]
    let censored: Double
  }

  struct Answer: Decodable, Equatable {
    let attack: String
    let level: Double
    let model: String
    let defense: String
    let loss: Estimate
    let recoveryFactor: [String: Estimate]
    let largestFactor: Double
  }

  struct Claim: Decodable, Equatable {
    let level: Double
    let model: String
    let verdict: String
  }

  struct Learning: Decodable, Equatable {
    struct Curve: Decodable, Equatable {
      let family: String
      let heldOutError: Double
      let asGood: [String]
      let approaches: Estimate?
    }

    let model: String
    let curve: Curve
  }

  struct Foreseen: Decodable, Equatable {
    let attack: String
    let level: Double
    let model: String
    let defense: String
    let recoveryFactor: Estimate
    let curve: Learning.Curve
  }

  let rows: Int
  let seeds: Int
  let claims: [Claim]
  let answers: [Answer]
  let learningCurves: [Learning]
  let foreseen: [Foreseen]
  let sentences: [String]
}

struct CurvesTests {
  private static let small = [
    "curves", "--models", "knn,softmax", "--attacks", "flip", "--levels", "0.2", "--rows", "40",
    "--added", "0,0.5,2", "--defenses", "knn-relabel", "--validation-rows", "60",
  ]

  /// The same answers from one thread, from two, and from a store that has half of the seeds.
  @Test func answersDoNotDependOnThreadsOrRestarts() throws {
    try withTemporaryFolder { folder in
      let call = Self.small + ["--seeds", "40", "--json"]
      let one = try RunnerProcess(call + ["--threads", "1", "--store", "a.sqlite"], in: folder)
        .json(as: Record.self)
      let two = try RunnerProcess(call + ["--threads", "2", "--store", "b.sqlite"], in: folder)
        .json(as: Record.self)
      #expect(one == two)
      #expect(one.rows == 40 && one.seeds == 40 && one.sentences.count == 3)
      #expect(one.answers.count == 4)
      #expect(one.answers.allSatisfy { $0.largestFactor == 2 })
      // A second run finds everything, and more seeds go on from there.
      let again = try RunnerProcess(call + ["--store", "a.sqlite"], in: folder)
      #expect(again.errors.contains(" fits are in a.sqlite") && again.errors.contains("\n0 fits"))
      #expect(try again.json(as: Record.self) == one)
      let more = try RunnerProcess(
        Self.small + ["--seeds", "50", "--json", "--store", "a.sqlite"], in: folder
      ).json(as: Record.self)
      #expect(more.seeds == 50 && more != one)
    }
  }

  /// Every row of the claims' table for every model and attack, with a verdict.
  @Test func claimsAreJudged() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["curves", "--preset", "iris-claims", "--seeds", "8", "--json"], in: folder)
      let record = try run.json(as: Record.self)
      #expect(record.claims.count == 3 * 2 * 3)
      #expect(Set(record.claims.map(\.level)) == [0.05, 0.1, 0.5])
      let words = ["holds", "undecided", "false: less", "false: more"]
      #expect(record.claims.allSatisfy { words.contains($0.verdict) })
      #expect(record.learningCurves.map(\.model) == ["softmax", "rbf-svm", "knn"])
      for curve in record.learningCurves.map(\.curve) {
        if let limit = curve.approaches {
          let (value, ends) = (limit.value ?? .nan, limit.ci95)
          #expect(value > 0.9 && (ends[0] ?? 2) <= value && value <= (ends[1] ?? -1))
        }
        #expect(curve.heldOutError > 0 && !curve.asGood.contains(curve.family))
      }
      // What is foreseen is what was not reached.
      let missed = record.answers.filter { $0.recoveryFactor["0.0"]?.value == nil }
      #expect(
        record.foreseen.map { [$0.attack, $0.model] } == missed.map { [$0.attack, $0.model] })
      let text = try RunnerProcess(
        ["curves", "--preset", "iris-claims", "--seeds", "8"], in: folder)
      for part in [
        "3-5 × the data", "pair", "R/p − 1", "Bias or variance", "In three sentences",
        "Learning curves without poison",
      ] {
        #expect(text.output.contains(part))
      }
    }
  }

  @Test func filesAreAnsweredFor() throws {
    try withTemporaryFolder { folder in
      let flowers = try FlowerFile.plain.write(in: folder)
      let run = try RunnerProcess(
        ["curves"] + flowers + [
          "--seeds", "10", "--models", "softmax", "--row-price", "2", "--defense-price", "50",
          "--verification-price", "0.5",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for part in ["In three sentences", "verify all", "times as wide", "at these prices"] {
        #expect(run.output.contains(part), "\(part)")
      }
    }
  }

  @Test(arguments: [
    (["--rows", "1"], "2 to"), (["--levels", "0"], "above 0"),
    (["--generator", "gauss"], "gaussian"),
    (["--preset", "quik"], "quick"), (["--added", "0,x"], "shares"), (["--added", "0"], "to add"),
    (["--generator", "none", "--rows", "120"], "no rows to add"),
    (["--generator", "none", "--rows", "121"], "accepted"),
    (["--verification-price", "1"], "--row-price"),
    (["--row-price", "-1"], "from 0 up"),
    (["--generator", "twonorm", "--data", "wine"], "no data"),
    (["--seeds", "0"], "--seeds"), (["--trusted", "0.1"], "--generator none"),
  ])
  func refuses(options: [String], words: String) throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(["curves"] + options, in: folder)
      #expect(run.status == 64)
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(try folder.names().isEmpty)
    }
  }
}

struct ReportTests {
  /// A page that needs nothing else, with every section, for stores of each kind.
  @Test func pagesAreWhole() throws {
    try withTemporaryFolder { folder in
      let quick = ["--seeds", "6", "--store"]
      _ = try RunnerProcess(
        ["curves", "--preset", "iris-claims", "--defenses", "knn-relabel"] + quick + ["c.sqlite"],
        in: folder)
      _ = try RunnerProcess(
        ["sweep", "--models", "knn", "--attacks", "uniform,flip", "--defenses", "lof"] + quick
          + ["s.sqlite"], in: folder)
      for (store, sections) in [
        (
          "c",
          [
            "In three sentences", "How much more clean data", "Recovery factors",
            "What the defences found",
          ]
        ),
        (
          "s",
          ["Cells", "The course&#39;s claims", "Accuracy by level", "What the defences found"]
        ),
      ] {
        let run = try RunnerProcess(
          ["report", "\(store).sqlite", "--tracking-uri", "none"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let page = try String(
          contentsOf: folder.appendingPathComponent("\(store)-report/report.html"),
          encoding: .utf8)
        for section in sections + ["Confusion", "Method", "Where the numbers come from"] {
          #expect(page.contains("<h2>\(section)"), "\(section) of \(store)")
        }
        let own = page.replacing(/<script type="module">(?s).*/, with: "")
        #expect(!own.contains("src=\"http") && !own.contains("href=\"http"))
        #expect(page.contains("SHA-256"))
      }
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("c-report").path)
      for figure in ["curves", "heatmap", "recovery", "confusion-1"] {
        #expect(names.contains("\(figure).csv") && names.contains("\(figure).vl.json"))
      }
    }
  }

  /// One run with the factors as metrics and the page among its files; the same again changes nothing.
  @Test func reportsAreLogged() throws {
    try withTemporaryFolder { folder in
      _ = try RunnerProcess(
        [
          "curves", "--models", "softmax", "--attacks", "pair,pair", "--levels", "0.5,0.5",
          "--seeds", "20",
          "--defenses", "none,none,knn-relabel,knn-relabel",
        ], in: folder)
      for _ in 0..<2 {
        let run = try RunnerProcess(
          ["report", "curves.sqlite", "--tracking-uri", "file:runs"], in: folder)
        #expect(run.status == 0 && run.errors.contains("report: iris, 20 seeds"), "\(run.errors)")
      }
      let paths =
        FileManager.default.enumerator(atPath: folder.path)?
        .compactMap { $0 as? String } ?? []
      #expect(paths.count { $0.hasSuffix("artifacts/report.html") } == 1)
      #expect(paths.count { $0.hasSuffix("metrics/recovery_factor/pair/softmax/none") } == 1)
      let track = try RunnerProcess(
        ["track", "curves.sqlite", "--tracking-uri", "file:runs"], in: folder)
      #expect(track.status == 0, "\(track.errors)")
    }
  }

  @Test func storesThatAreNotThereAreRefused() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(["report", "none.sqlite"], in: folder)
      #expect(run.status == 74 && run.errors.contains("none.sqlite"))
      #expect(try folder.names().isEmpty)
    }
  }
}
