import Analyses
import Datasets
import Foundation
import Poisoning
import Reporting
import Store
import Sweeps
import Testing

struct StoreStatusTests {
  private static let plan = """
    # A comment.
    data: made
    levels: [0, 0.2]

    seeds: 4
    """

  @Test func saysOfWhichPlanAStoreIs() throws {
    let folder = try TemporaryFolder()
    let study = try smallStudy(
      .small("made", classes: ["a", "b"]), attacks: ["flip"], shares: [0.2],
      defenses: ["none", "lof"])
    let path = folder.path("study.sqlite")
    let store = try SweepStore(writing: path, study, program: "tests", version: "1")
    let request = StudyRequest(.sweep, .seeds(4), planText: Self.plan)
    var run = try StudyRun(study, request, in: store)
    _ = try run.run(
      threads: 2, commit: { body throws(StoreError) in try body() }, didAdvance: { _ in })
    try store.close()
    let status = try StoreStatus(path)
    #expect(
      status.lines.contains(
        "study       sweep of made: attacks flip; levels 0 %, 20 %; defences lof; models softmax, knn; 4"
      ))
    #expect(
      status.lines.suffix(3) == [
        "plan file   data: made", "            levels: [0, 0.2]", "            seeds: 4",
      ])
    #expect(status.lines.allSatisfy { $0.count <= Table.terminalWidth })
    let json = try JSONValue(parsing: JSONText.of(status))
    #expect(json.kind?.text == "sweep" && json.wanted_seeds?.number == 4)
    #expect(json.attacks?.items.compactMap(\.text) == ["flip"])
    #expect(json.levels?.numbers == [0, 0.2] && json.plan_text?.text == Self.plan)
    // What there was before keeps its meaning.
    #expect(json.has_plan_file != nil && json.wanted_fits?.number == 4 * 8)
    #expect(json.conditions?.items.count == 4 && json.models?.items.count == 2)
  }

  /// Of a store of before commands said what they want, it is all there is.
  @Test func saysWhatAStoreHoldsThatSaysNothing() throws {
    let folder = try TemporaryFolder()
    _ = try SweepStore.of(
      smallStudy(.small("made", classes: ["a", "b"]), attacks: ["flip"], shares: [0.2]), in: folder)
    let lines = try StoreStatus(folder.path("study.sqlite")).lines
    #expect(
      lines.contains(
        "study       cells of made: attacks flip; levels 0 %, 20 %; models softmax, knn"))
    #expect(!lines.contains { $0.hasPrefix("wanted") || $0.hasPrefix("plan file") })
  }
}
