import Datasets
import Defenses
import Documents
import Foundation
import Models
import Poisoning
import Sweeps
import Testing

struct PlanFileTests {
  private static let full = """
    # A plan with every key.
    data: flowers.csv   # relative
    target: species
    ignore: [id, -2]
    header: false
    attacks: [uniform, "out-of-range:kappa=100", flip]
    levels: [0.50, 0, 0.10, 5e-2]
    models:
      - softmax
      - rbf-svm: {C: [1, 10], gamma: [0.5, auto]}
      - knn:
          n_neighbors:
            - 1
            - 5
      - linear-svm:C=2
    validation: 0.25
    scaler: robust
    scaler_fit: trusted
    seed: 7
    seeds: 10000
    until_ci: 1e-3
    max_seeds: 20000
    """

  @Test func readsEveryKey() throws {
    let plan = try PlanFile(Self.full, file: "plan.yaml").plan
    #expect(plan.data[0].text == "flowers.csv" && plan.data[0].target == "species")
    #expect(plan.data[0].ignoredColumns == ["id", "-2"] && plan.data[0].hasHeader == false)
    #expect(plan.attacks == ["uniform", "out-of-range:kappa=100", "flip"])
    #expect(plan.levels.map(\.share) == [0.5, 0, 0.1, 0.05])
    let models = [
      "softmax", "rbf-svm:gamma=0.5", "rbf-svm:gamma=auto", "rbf-svm:C=10,gamma=0.5",
      "rbf-svm:C=10,gamma=auto", "knn:n_neighbors=1", "knn", "linear-svm:C=2",
    ]
    #expect(plan.models.map(\.name) == models)
    #expect(plan.validationShare == 0.25 && plan.scaler == .robust)
    #expect(plan.scalerPolicy == .trusted && plan.firstSeed == 7)
    #expect(
      plan.seeds == SeedWish(count: 10_000, untilHalfWidth: 0.001, maximum: 20_000))
  }

  @Test func leavesDefaultsToTheRest() throws {
    let plan = try PlanFile("seeds: 12", file: "plan.yaml").plan
    #expect(plan.data == [DataSource()] && plan.attacks == ["uniform"])
    #expect(plan.levels.map(\.share) == [0, 0.05, 0.1, 0.5])
    #expect(plan.models.map(\.name) == ["softmax", "linear-svm", "rbf-svm", "knn"])
    #expect(plan.validationShare == 0.2 && plan.scaler == .standard && plan.firstSeed == 0)
    #expect(plan.scalerPolicy == .poisoned && plan.seeds == SeedWish(count: 12))
  }

  @Test func takesOneValueForAListOfOne() throws {
    let text = "attacks: flip\nlevels: 0.3\nmodels: knn:n_neighbors=3\nignore: a\ndata: a.csv"
    let plan = try PlanFile(text + "\ntarget: 0", file: "plan.yaml").plan
    #expect(plan.attacks == ["flip"] && plan.levels.map(\.share) == [0.3])
    #expect(plan.models.map(\.name) == ["knn:n_neighbors=3"])
    #expect(plan.data[0].ignoredColumns == ["a"] && plan.data[0].target == "0")
  }

  /// Files that have their labels need no target, and each set may be a sample of its own size.
  @Test func takesFilesOfOtherFormats() throws {
    let text = "data: [iris, rows.npz, {file: a.svm.gz, sample: 20}, fashion-mnist]\nsample: 50"
    let data = try PlanFile(text, file: "plan.yaml").plan.data
    #expect(data.map(\.text) == ["iris", "rows.npz", "a.svm.gz", "fashion-mnist"])
    #expect(data.map(\.sample) == [50, 50, 20, 50] && data.allSatisfy { $0.target == nil })
    #expect(data.map(\.isNamed) == [true, false, false, true])
  }

  @Test func readsOneDocumentHoweverItIsMarked() throws {
    let texts = [
      "---\nseeds: 5\n", "\u{FEFF}seeds: 5", "{seeds: 5}", "seeds: 5\r\n", "\"seeds\": 5",
    ]
    for text in texts {
      let plan = try PlanFile(text, file: "plan.yaml").plan
      #expect(plan.seeds == SeedWish(count: 5))
    }
  }

  @Test func quotedTextsMayLookLikeReferences() throws {
    let escaped = try PlanFile(
      #"{data: "a\" &b\\", target: "&c"}"#, file: "plan.yaml"
    ).plan
    #expect(escaped.data[0].text == #"a" &b\"# && escaped.data[0].target == "&c")
    let text = "data: \"a &b *c.csv\"  # as in *this* & that!\ntarget: 'it''s !x'\n"
    let data = try PlanFile(text, file: "plan.yaml").plan.data[0]
    #expect(data.text == "a &b *c.csv" && data.target == "it's !x")
    let plain = try PlanFile("data: a&b.csv\ntarget: y", file: "plan.yaml").plan
    #expect(plain.data[0].text == "a&b.csv")
  }

  @Test func dataAreRelativeToTheFolderOfThePlan() throws {
    let paths = [("sub/flowers.csv", true), ("/flowers.csv", false), ("./wine", true)]
    for (path, isRelative) in paths {
      try withPlan("data: \(path)\ntarget: y\n") { plan in
        let folder = URL(fileURLWithPath: plan).deletingLastPathComponent().path
        let data = try PlanFile(contentsOf: plan).plan.data[0]
        #expect(data.text == (isRelative ? folder + "/" + path : path))
      }
    }
    try withPlan("data: wine\n") { path in
      let data = try PlanFile(contentsOf: path).plan.data[0]
      #expect(data.text == "wine")
    }
  }

  @Test func levelZeroIsOneConditionAndTheFirst() throws {
    let text = """
      attacks: [flip, uniform, flip]
      levels: [0.3, 0, 0.1, 0.10]
      models: [knn, softmax, "knn:n_neighbors=5"]
      """
    let study = try PlanFile(text, file: "plan.yaml").study(of: EmbeddedDataset.iris.load()).study
    let conditions = study.conditions.map { "\($0.attackName) \($0.level.share)" }
    #expect(
      conditions == ["none 0.0", "flip 0.1", "flip 0.3", "uniform 0.1", "uniform 0.3"])
    #expect(study.models.map(\.name) == ["knn", "softmax"])
  }

  @Test func severalDataSetsAreStudiesOfTheirOwn() throws {
    let text = "data: [iris, flowers.csv, wine]\ntarget: species\nignore: id\n"
    let data = try PlanFile(text, file: "plan.yaml").plan.data
    #expect(data.map(\.text) == ["iris", "flowers.csv", "wine"])
    #expect(data.map(\.target) == [nil, "species", nil])
    #expect(data[1].ignoredColumns == ["id"] && data[2] != data[0])
    let plan = try PlanFile(
      "data: [iris, wine]\nmodels: \"knn:n_neighbors=130\"", file: "plan.yaml")
    let error = try #require(throws: DocumentError.self) {
      try plan.study(of: EmbeddedDataset.iris.load())
    }
    #expect("\(error)".contains("models (data iris): n_neighbors cannot be 130"))
    #expect(try plan.study(of: EmbeddedDataset.wine.load()).study.trainingCount > 130)
  }

  @Test func dataSetsMayBeReadEachInTheirOwnWay() throws {
    let text = """
      data:
        - {file: a.csv, target: y}
        - b.csv
        - file: c.csv
          ignore: [p, q]
          header: false
        - wine
      target: z
      ignore: id
      """
    let file = try PlanFile(text, file: "p.yaml")
    let data = file.plan.data
    #expect(data.map(\.text) == ["a.csv", "b.csv", "c.csv", "wine"])
    #expect(data.map(\.target) == ["y", "z", "z", nil])
    #expect(data.map(\.ignoredColumns) == [["id"], ["id"], ["p", "q"], []])
    #expect(data.map(\.hasHeader) == [nil, nil, false, nil])
    // What is wrong with one is at its place, or where it is said for all.
    let unknown = { (column: String) in
      DatasetsError.unknownColumn(
        file: "f", reference: column, suggestion: nil, columns: ["x"])
    }
    for (index, column, place) in [(0, "y", "2:27"), (1, "z", "8:9"), (2, "q", "5:13")] {
      let error = try #require(file.refusal(unknown(column), of: data[index]))
      #expect("\(error)".hasPrefix("p.yaml:\(place): "), "\(error)")
    }
  }

  /// What a plan names decides what kind of study an experiment is.
  @Test(arguments: [
    ("attack: flip", StudyRequest.Kind.experiment), ("attacks: flip", .tournament),
    ("attacks: all", .tournament), ("defenses: lof", .mitigation),
    ("attacks: [flip, uniform]\ndefenses: all", .mitigation), ("levels: [0, 0.1]", .experiment),
  ])
  func experimentsAreOfSeveralKinds(_ text: String, _ kind: StudyRequest.Kind) throws {
    let file = try PlanFile(text, file: "plan.yaml", kind: .experiment)
    #expect(file.plan.kind == kind)
    let planned = try file.study(of: EmbeddedDataset.iris.load())
    #expect(planned.request.kind == kind)
    let controls = planned.study.conditions.filter {
      $0.attack.flow == .delete && $0.attack.maker.name != "deletion"
    }
    #expect((kind == .tournament) == !controls.isEmpty)
    let isDefended = planned.study.conditions.contains { !$0.defense.isEmpty }
    #expect((kind == .mitigation) == isDefended)
  }

  @Test func allIsEveryAttackThatCanBeCarriedOut() throws {
    let planned = try PlanFile("attacks: all\nlevels: [0, 0.5]", file: "plan.yaml")
      .study(of: EmbeddedDataset.iris.load())
    let names = Set(planned.study.conditions.map(\.attack.name))
    let entries = Set(AttackCatalog.names)
    #expect(names.isSubset(of: entries.union(["none"])) && names.count > 15)
    // Half of the rows of one class cannot be half of all.
    #expect(planned.request.leftOut.contains { $0.contains("collision") })
    #expect(planned.request.leftOut.contains { $0.contains("noise-matrix needs parameters") })
  }

  @Test func curvesAreReadFromPlans() throws {
    let text = "generator: none\nrows: 40\nadded: [0, 0.5]\nlevels: 0.1\nattacks: flip\nseeds: 5"
    let planned = try PlanFile(text, file: "plan.yaml", kind: .curves)
      .study(of: EmbeddedDataset.iris.load())
    #expect(planned.study.source.grows && planned.request.extent == .seeds(5))
    let rows = Set(planned.study.conditions.compactMap(\.rows))
    #expect(rows.contains(TrainingRows(attacked: 40, added: 20)))
    #expect(throws: DocumentError.self) { try PlanFile("rows: 40", file: "plan.yaml") }
  }

  @Test func withoutLevelZeroThereIsNoCleanCondition() throws {
    let study = try PlanFile("levels: 0.1", file: "plan.yaml")
      .study(of: EmbeddedDataset.iris.load()).study
    #expect(study.conditions.map(\.attackName) == ["uniform"])
  }
}

/// Calls `body` with the path of a new file of this content.
func withPlan<Result>(
  _ content: some Sequence<UInt8>, _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("plan-tests-\(UUID().uuidString)", isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent("plan.yaml")
  try Data(content).write(to: file)
  return try body(file.path)
}

/// Calls `body` with the path of a new file of this text.
func withPlan<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  try withPlan(text.utf8, body)
}
