import Analyses
import Datasets
import Files
import LinAlg
import Models
import Poisoning
import Reporting
import Statistics
import Sweeps
import Testing

struct ExperimentFilesTests {
  /// More than one block.
  private static let seedCount = SeedBlock.capacity + 30

  /// The classes need quotes in CSV.
  private static func study() throws -> Study {
    let iris = EmbeddedDataset.iris.load()
    let dataset = try Dataset(
      name: "flowers", features: iris.features, labels: iris.labels,
      classNames: ["set,osa", "versi \"color\"", "virginica"], featureNames: iris.featureNames,
      targetName: iris.targetName)
    return try Study(
      dataset: dataset,
      conditions: ["flip", "out-of-range:kappa=3"].flatMap { attack in
        try [0, 0.1].map { share in
          Condition(
            attack: try AttackCatalog.attack(attack, for: dataset), level: try PoisonLevel(share))
        }
      },
      models: [ModelChoice("softmax"), ModelChoice("knn")])
  }

  /// What is there without a renderer and without the store.
  private static let written = ExperimentFiles.names.filter { name in
    ![".svg", ".png", ".pdf", ".sqlite"].contains { name.hasSuffix($0) }
      && !name.hasPrefix("tournament") && !name.hasPrefix("mitigation")
  }.sorted()

  @discardableResult
  private static func write(
    _ study: Study, to folder: ResultsFolder, threads: Int, seedCount: Int = seedCount
  ) throws -> [CellSummary] {
    let files = try ExperimentFiles(study, in: folder)
    var cells = study.emptyCells
    try StudyEngine(study, firstSeed: 7, threads: threads)
      .run(seedCount: seedCount) { block throws(FilesError) in
        try files.append(block, firstSeed: 7)
        cells.add(block)
        return true
      }
    let report = try study.report(firstSeed: 7, seedCount: seedCount)
    try files.finish(
      cells, record: ExperimentRecord(study, report, firstSeed: 7), figures: report.answer.figures,
      pictures: nil)
    return cells
  }

  @Test func oneAndTwoThreadsWriteTheSameBytes() throws {
    let study = try Self.study()
    let place = try TemporaryFolder()
    try Self.write(study, to: ResultsFolder(place.path("1")), threads: 1)
    try Self.write(study, to: ResultsFolder(place.path("2")), threads: 2)
    #expect(try place.names(in: "1") == Self.written)
    #expect(try place.names(in: "2") == Self.written)
    for name in try place.names(in: "1") {
      #expect(try place.text("1/\(name)") == place.text("2/\(name)"), "\(name)")
    }
  }

  @Test func seedsHaveOneLineAFit() throws {
    let study = try Self.study()
    let place = try TemporaryFolder()
    try Self.write(study, to: ResultsFolder(place.path), threads: 2)
    let lines = try place.text("seeds.csv").split(separator: "\n").map(String.init)
    #expect(lines[0] == "seed,attack,level,defense,model,correct,validation_rows,accuracy,outcome")
    try #require(lines.count == 1 + Self.seedCount * 4 * 2)
    for (index, line) in lines.dropFirst().enumerated() where index % 97 == 0 || index < 8 {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let (seed, cell) = (UInt32(7 + index / 8), index % 8)
      let condition = study.conditions[cell / 2]
      let result = study.results(seed: seed)[cell]
      try #require(fields.count == 9)
      #expect(fields[0] == "\(seed)" && fields[1] == condition.attackName)
      #expect(Double(fields[2]) == condition.level.share)
      #expect(fields[3] == "none")
      #expect(fields[4] == study.models[cell % 2].name)
      #expect(Int(fields[5]) == result.confusion.correct && Int(fields[6]) == 30)
      #expect(Double(fields[7]) == result.confusion.accuracy)
      #expect(fields[8] == result.report.outcome.rawValue)
    }
  }

  @Test func confusionsAreCountedOverAllSeeds() throws {
    let study = try Self.study()
    let place = try TemporaryFolder()
    let cells = try Self.write(
      study, to: ResultsFolder(place.path), threads: 2, seedCount: 5)
    let text = try place.text("confusion.csv")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "attack,level,defense,model,true,predicted,count")
    #expect(lines.count == 1 + cells.count * 9)
    let count = cells[0].confusion[0, 1]
    #expect(lines[2] == "none,0.0,none,softmax,\"set,osa\",\"versi \"\"color\"\"\",\(count)")
    let total = lines.dropFirst().compactMap { $0.split(separator: ",").last.flatMap { Int($0) } }
    #expect(total.reduce(0, +) == cells.count * 5 * 30)
  }

  @Test func summariesNameTheStudyAndItsCells() throws {
    let study = try Self.study()
    let place = try TemporaryFolder()
    let cells = try Self.write(
      study, to: ResultsFolder(place.path), threads: 2, seedCount: 5)
    let summary = try JSONValue(parsing: place.text("summary.json"))
    #expect(summary.program?.text == Program.name && summary.version?.text == Program.version)
    #expect(summary.claims == nil)
    let configuration = try #require(summary.configuration)
    #expect(configuration.levels?.numbers == [0, 0.1])
    #expect(configuration.first_seed?.number == 7 && configuration.seeds?.number == 5)
    #expect(configuration.training_rows?.number == 120)
    #expect(configuration.validation_rows?.number == 30)
    #expect(configuration.dataset?.digest?.text == study.dataset.digest)
    #expect(configuration.dataset?.classes?.texts == study.dataset.classNames)

    let records = try #require(summary.cells?.items)
    try #require(records.count == cells.count)
    for (record, cell) in zip(records, cells) {
      #expect(record.attack?.text == cell.attackName)
      #expect(record.level?.number == cell.level.share)
      #expect(record.model?.text == cell.model)
      #expect(record.accuracy?.mean?.number == cell.accuracy.mean)
      #expect(record.accuracy?.sd?.number == cell.accuracy.standardDeviation)
      let interval = cell.accuracy.interval().map { [$0.lower, $0.upper] }
      #expect(record.accuracy?.ci95?.numbers == interval)
      #expect((record.log_loss == nil) == (cell.model == "knn"))
      #expect((record.accuracy_drop == nil) == (cell.level == .clean))
      #expect(record.confusion?.numbers == cell.confusion.counts.map { Double($0) })
    }
  }

  @Test func aRunThatFailsLeavesTheOneBefore() throws {
    let study = try Self.study()
    let place = try TemporaryFolder()
    try Self.write(study, to: ResultsFolder(place.path), threads: 2, seedCount: 2)
    let before = try place.text("seeds.csv")
    do {
      let files = try ExperimentFiles(study, in: ResultsFolder(place.path))
      try StudyEngine(study, threads: 1).run(seedCount: 3) { block throws(FilesError) in
        try files.append(block, firstSeed: 0)
        return false
      }
    }
    #expect(try place.names() == Self.written)
    #expect(try place.text("seeds.csv") == before)
  }
}
