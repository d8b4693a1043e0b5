import Analyses
import Datasets
import Files
import Foundation
import Poisoning
import Reporting
import Store
import Sweeps
import Testing

struct StoreReportTests {
  private static let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": "/bin/false"])

  /// The sections of the report of a study's store, and what the command that ran it showed.
  private func titles(
    _ study: Study, _ kind: StudyRequest.Kind
  ) throws -> (report: [String], command: [String]) {
    let folder = try TemporaryFolder()
    let store = try SweepStore.of(study, in: folder)
    let report = try StoreReport(store, dataset: nil)
    return (report.answer.lines(), try study.report(kind, seedCount: 4).answer.lines())
  }

  @Test func showsTheTournamentOfItsStore() throws {
    let study = try smallStudy(
      .small("made", classes: ["a", "b"]),
      attacks: ["flip", "flip:flow=delete", "out-of-range:kappa=100"], shares: [0.2])
    let lines = try titles(study, .tournament)
    // All but the heading, and that is without the data.
    for line in lines.command.dropFirst(2) { #expect(lines.report.contains(line), "\(line)") }
    #expect(lines.report.contains("Where the loss comes from at 20 %, mean over models"))
    #expect(!lines.report.contains { $0.hasPrefix("3  ") })
  }

  @Test func showsTheMitigationOfItsStore() throws {
    let study = try smallStudy(
      .small("made", classes: ["a", "b"]), attacks: ["flip"], shares: [0.2],
      defenses: ["none", "lof", "gce"])
    let lines = try titles(study, .mitigation)
    for line in lines.command.dropFirst(2) { #expect(lines.report.contains(line), "\(line)") }
    #expect(lines.report.contains("Accuracy that each defence gives back at 20 %"))
    // A defence of one model is for that alone.
    #expect(lines.report.contains { $0.hasPrefix("¹ for some of the models only: gce (softmax)") })
  }

  /// Any file may be called iris.csv; of two classes there is no third to look up.
  @Test(arguments: [["a", "b"], ["setosa", "versicolor"], ["setosa", "virginica", "versicolor"]])
  func anotherIrisHasNoClaims(_ classes: [String]) throws {
    let dataset = try Dataset.small("iris", classes: classes)
    let study = try smallStudy(dataset, attacks: ["uniform"], shares: [0.05, 0.1, 0.5])
    let folder = try TemporaryFolder()
    let store = try SweepStore.of(study, in: folder)
    for data in [dataset, nil] {
      let lines = try StoreReport(store, dataset: data).answer.lines()
      #expect(!lines.contains { $0.hasPrefix("The course's claims") })
    }
  }

  @Test func irisItselfHasClaims() throws {
    let study = try smallStudy(EmbeddedDataset.iris.load(), attacks: ["uniform"], shares: [0.05])
    let store = try SweepStore.of(study, in: TemporaryFolder())
    #expect(
      try StoreReport(store, dataset: nil).answer.lines()
        .contains { $0.hasPrefix("The course's claims") })
    #expect(StudyFacts(study).isIris)
  }

  /// Marks of Unicode that join the sign after them hide it from those who look at characters.
  @Test func pagesRunNothingThatDataBring() throws {
    let mark = "\u{600}"
    let classes = [
      "\(mark)<img src=x onerror=alert(1)>", "\(mark)</script><script>alert(2)</script>",
      "\"\u{301} onload=alert(3) <!--",
    ]
    let dataset = try Dataset.small("\(mark)<img src=x onerror=alert(4)>.csv", classes: classes)
    let study = try smallStudy(
      dataset, attacks: ["flip"], shares: [0.2], defenses: ["none", "lof"])
    let store = try SweepStore.of(study, in: TemporaryFolder())
    let report = try StoreReport(store, dataset: dataset)
    let program = "if (1 </script/.source.length) { let a = \"<!-- </SCRIPT\" }"
    let page = report.answer.page(pictures: [:], bundle: program)
    let scalars = String(decoding: page.utf8.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    #expect(!scalars.contains("<img") && !scalars.contains("<!--"))
    // Two for each figure and for the program; none from names.
    let ends = scalars.lowercased().components(separatedBy: "</script").count - 1
    #expect(ends == report.answer.figures.count + 1)
    #expect(scalars.components(separatedBy: "<script").count - 1 == ends)
    #expect(!scalars.contains("onload=alert(3) <") && !scalars.contains("\"? onload"))
    // The one program may run, by its hash, and nothing be loaded.
    let start = try #require(page.range(of: "<script type=\"module\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let shown = Array(page[start.upperBound..<end.lowerBound].utf8)
    let hash = Data(Digest.hash(shown)).base64EncodedString()
    #expect(page.contains("default-src 'none'") && page.contains("script-src 'sha256-\(hash)'"))
    #expect(!page.contains("script-src 'unsafe"))
  }

  /// Charts take data as they are: JSON that reads back to the same names.
  @Test func dataOfChartsSurviveEscaping() throws {
    let classes = ["\u{600}<a>", "</b>"]
    let dataset = try Dataset.small("made", classes: classes)
    let store = try SweepStore.of(
      smallStudy(dataset, attacks: ["flip"], shares: [0.2]), in: TemporaryFolder())
    let page = try StoreReport(store, dataset: dataset).answer.page(pictures: [:], bundle: "")
    let start = try #require(page.range(of: "id=\"confusion-1-spec\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let chart = try JSONValue(parsing: String(page[start.upperBound..<end.lowerBound]))
    let names = Set(chart.data?.values?.items.compactMap { $0.predicted?.text } ?? [])
    #expect(names == Set(classes))
  }

  /// A reader of a page has no command line.
  @Test func pagesNameNoOption() throws {
    let study = try smallStudy(
      EmbeddedDataset.iris.load(), attacks: ["uniform", "flip"], shares: [0.1])
    let store = try SweepStore.of(study, in: TemporaryFolder(), seedCount: 1)
    let report = try StoreReport(store, dataset: nil)
    let page = report.answer.page(pictures: [:], bundle: nil)
    #expect(!page.contains("--attacks") && !page.contains("--seeds"))
    #expect(report.answer.lines().contains { $0.contains("--attacks all") })
  }
}
