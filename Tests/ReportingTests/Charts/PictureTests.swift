import Analyses
import Datasets
import Models
import Poisoning
import Reporting
import Store
import Sweeps
import TestSupport
import Testing

/// What pictures show, by the renderer itself.
@Suite(.enabled(if: PythonTool.isThere), .tags(.python))
struct PictureTests {
  private static let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": PythonTool.path])

  private func drawings(_ figures: [Figure]) throws -> [Drawing] {
    let pictures = try #require(Self.renderer.pictures(of: figures.map(\.chart.specification)))
    return try pictures.map { try Drawing($0.svg) }
  }

  private func drawing(_ figure: Figure) throws -> Drawing {
    try #require(try drawings([figure]).first)
  }

  private func figures(
    _ study: Study, _ kind: StudyRequest.Kind = .experiment, seedCount: Int = 6
  ) throws -> [Figure] {
    let figures = try study.report(kind, seedCount: seedCount).answer.figures
    try #require(!figures.isEmpty)
    return figures
  }

  /// One point and one line through it for each mean; the ends of intervals have no mark of their own.
  @Test(arguments: [1, 6])
  func aMeanIsOneMark(_ seedCount: Int) throws {
    let outcome = try Outcome(shares: [0, 0.1, 0.5], seedCount: seedCount)
    let drawing = try drawing(#require(outcome.report.answer.figures.first))
    let (points, intervals) = (drawing.data("symbol"), drawing.data("rule"))
    #expect(points.count == 6 && drawing.data("line").count == 2)
    #expect(intervals.count == (seedCount > 1 ? 6 : 0))
    for interval in intervals {
      #expect(interval.width == 0)
      let ends = [interval.y, interval.y + interval.height].sorted()
      let own = points.filter { point in
        abs(point.x - interval.x) < 0.01 && ends[0] - 0.01 <= point.y && point.y <= ends[1] + 0.01
          && point.fill == interval.stroke
      }
      #expect(own.count == 1)
    }
  }

  /// Ticks stand at the levels that were measured, where the points are, and nowhere else.
  @Test(arguments: [
    ([0, 0.1, 0.5], ["0%", "10%", "50%"]), ([0, 0.05, 0.125, 0.9], ["0%", "5%", "12.5%", "90%"]),
    ([0, 0.01, 0.1, 0.5], ["0%", "1%", "10%", "50%"]), ([0.3], ["30%"]),
  ])
  func ticksAreTheLevels(_ shares: [Double], _ labels: [String]) throws {
    let outcome = try Outcome(shares: shares, models: ["knn"], seedCount: 3)
    let drawing = try drawing(#require(outcome.report.answer.figures.first))
    let columns = Set(drawing.data("symbol").map(\.x)).sorted()
    let ticks = drawing.marks.filter {
      $0.kind == "rule" && $0.role == "axis-tick" && $0.width == 0 && $0.height > 0
    }
    try #require(columns.count == shares.count && ticks.count == shares.count)
    // Axes stand half a point aside, and ticks on whole points, for sharp lines.
    for (tick, column) in zip(ticks.map(\.x).sorted(), columns) {
      #expect(abs(tick - column) <= 1)
    }
    let shown = drawing.marks.filter { $0.role == "axis-label" && $0.y > ticks[0].y + 10 }
      .map(\.text)
    #expect(shown == labels)
  }

  /// Lines of one panel have their names beside them, apart, and no legend.
  @Test func linesAreNamed() throws {
    let outcome = try Outcome(
      shares: [0, 0.1], models: ["softmax", "knn", "linear-svm", "rbf-svm"], seedCount: 3)
    let drawing = try drawing(#require(outcome.report.answer.figures.first))
    let names = drawing.data("text")
    #expect(names.map(\.text).sorted() == ["knn", "linear-svm", "rbf-svm", "softmax"])
    let heights = names.map(\.y).sorted()
    for (a, b) in zip(heights, heights.dropFirst()) { #expect(b - a >= 12) }
    #expect(drawing.texts("legend-label").isEmpty)
    let colors = Set(drawing.data("line").compactMap { $0.stroke?.luminance })
    #expect(Set(names.compactMap { $0.fill?.luminance }) == colors && colors.count == 4)
  }

  /// A study of defences has a line for each, and one without in every panel.
  @Test func defencesAreLines() throws {
    let study = try smallStudy(
      .small("made", classes: ["a", "b"]), attacks: ["flip", "relabel"], shares: [0.1, 0.3],
      defenses: ["none", "lof", "enn"])
    let figures = try figures(study, .mitigation)
    #expect(figures.map(\.name) == ["mitigation", "accuracy"])
    let drawing = try drawing(figures[1])
    // Two attacks by two models by three, at three levels.
    #expect(drawing.data("line").count == 12 && drawing.data("symbol").count == 36)
    #expect(drawing.texts("legend-label") == ["none", "lof", "enn"])
    let grey = Chart.Color(Chart.Theme.grey)
    #expect(drawing.data("line").count { $0.stroke == grey } == 4)
  }

  /// Of more defences than colours those that give back most have one.
  @Test func tooManyDefencesAreFaint() throws {
    let defenses = [
      "lof", "enn", "validate", "mahalanobis", "knn-distance", "knn-relabel", "isolation-forest",
      "one-class-svm",
    ]
    let study = try smallStudy(
      .small("made", classes: ["a", "b"]), attacks: ["flip"], shares: [0.1, 0.3],
      defenses: ["none"] + defenses)
    let drawing = try drawing(try #require(try figures(study, .mitigation).last))
    #expect(drawing.data("line").count == 9 * 2)
    let faint = Chart.Color(Chart.Theme.faint)
    #expect(drawing.data("line").count { $0.stroke == faint } == 2 * 2)
    #expect(drawing.texts("legend-label").count == 8)
    #expect(drawing.texts("legend-label").last == "others")
  }

  /// All that is written can be read, whatever it stands on.
  @Test func textStandsOut() throws {
    let iris = EmbeddedDataset.iris.load()
    let made = try Dataset.small("made", classes: ["a", "b", "c"])
    let studies: [(Study, StudyRequest.Kind)] = [
      (try smallStudy(iris, attacks: ["flip"], shares: [0.1, 0.5]), .experiment),
      (try smallStudy(made, attacks: ["flip", "relabel"], shares: [0.1, 0.4]), .tournament),
      (
        try smallStudy(
          iris, attacks: ["relabel", "out-of-range:kappa=100"], shares: [0.3],
          defenses: ["none", "lof", "gce", "validate", "trim:rate=0.3"]), .mitigation
      ),
    ]
    let figures = try studies.flatMap { try self.figures($0.0, $0.1) }
    #expect(
      figures.map(\.name) == ["accuracy", "confusion", "tournament", "mitigation", "accuracy"])
    for (figure, drawing) in zip(figures, try drawings(figures)) {
      #expect(!drawing.contrasts.isEmpty)
      for (text, contrast) in drawing.contrasts {
        #expect(contrast >= 4.5, "\(figure.name): \(text)")
      }
      let white = Chart.Color("#FFFFFF")
      for mark in drawing.data("symbol") + drawing.data("line") + drawing.data("rule") {
        guard let color = mark.fill ?? mark.stroke else { continue }
        #expect(color.contrast(with: white) >= 3, "\(figure.name)")
      }
    }
  }

  /// Every share there can be in a field, with its number.
  @Test func numbersOfAMatrixStandOut() throws {
    let truth = (0..<10).flatMap { Array(repeating: $0, count: 100) }
    let predicted = (0..<10).flatMap { row in
      (0..<100).map { $0 < 10 * row + 3 ? row : (row + 1) % 10 }
    }
    let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classCount: 10)
    let names = (0..<10).map { "class \($0)" }
    let drawing = try drawing(Figure.confusion(matrix, classNames: names, title: "t"))
    let numbers = drawing.data("text")
    #expect(numbers.count == 100 && Set(numbers.map(\.fill?.luminance)) == [0, 1])
    for (text, contrast) in drawing.contrasts { #expect(contrast >= 4.5, "\(text)") }
  }

  /// What has no share says so, in a grey that is none of the scale.
  @Test func classesWithoutRowsAreEmpty() throws {
    let matrix = ConfusionMatrix(truth: [0, 0, 1], predicted: [0, 1, 1], classCount: 3)
    let drawing = try drawing(
      Figure.confusion(matrix, classNames: ["a", "b", "c"], title: "t"))
    #expect(
      drawing.data("text").map(\.text) == [
        "50.0%", "50.0%", "0%", "0%", "100%", "0%", "–", "–", "–",
      ])
    let fields = drawing.data("rect")
    try #require(fields.count == 9)
    #expect(Set(fields.suffix(3).map(\.fill?.luminance)).count == 1)
    #expect(!fields.prefix(6).contains { $0.fill == fields[8].fill })
  }

  /// Forty classes with long names: names are cut, numbers left out, and the picture fits a page.
  @Test func manyClassesStayLegible() throws {
    let names = (0..<40).map { "\($0) " + String(repeating: "long ", count: 40) }
    let matrix = ConfusionMatrix(
      truth: Array(0..<40), predicted: (0..<40).map { $0 / 2 }, classCount: 40)
    let figure = Figure.confusion(
      matrix, classNames: names, title: String(repeating: "title ", count: 40))
    let drawing = try drawing(figure)
    #expect(drawing.data("rect").count == 1600)
    #expect(drawing.data("text").allSatisfy { $0.text.isEmpty })
    let labels = drawing.texts("axis-label")
    // All true classes, and as many predicted ones as there is room for.
    #expect(labels.count > 40 && labels.allSatisfy { $0.hasSuffix("…") && $0.count < 40 })
    #expect(drawing.width < 1000)
    // In full in the data, which a pointer shows.
    #expect(figure.chart.specification.contains(names[39]))
  }

  /// Names of 200 signs are cut in the picture and whole in its data; those from right to left are as they are.
  @Test(arguments: [String(repeating: "name ", count: 40), "שלום עולם", "a\"<b>&'"])
  func anyNameIsLegible(_ name: String) throws {
    let iris = EmbeddedDataset.iris.load()
    let dataset = try Dataset(
      name: name, features: iris.features, labels: iris.labels, classNames: [name, "b", "c"],
      featureNames: iris.featureNames, targetName: iris.targetName)
    let figures = try Outcome(dataset, shares: [0, 0.1], seedCount: 3).report.answer.figures
    for (figure, drawing) in zip(figures, try drawings(figures)) {
      #expect(drawing.width < 900)
      #expect(
        try JSONValue(parsing: figure.chart.specification).title?.text?.contains(name) == true)
      for (text, contrast) in drawing.contrasts { #expect(contrast >= 4.5, "\(text)") }
      if name.count < 20 { #expect(drawing.marks.contains { $0.text.contains(name) }) }
    }
  }

  /// What MLflow shows of a study: all charts on one page, each with its specification and its picture.
  @Test func chartsArePages() throws {
    let figures = try Outcome(shares: [0, 0.1], seedCount: 3).report.answer.figures
    let pictures = try #require(Self.renderer.pictures(of: figures.map(\.chart.specification)))
    let page = try #require(
      Answer.page(of: figures, title: "t", pictures: pictures, Self.renderer))
    for figure in figures {
      #expect(page.contains("id=\"\(figure.name)-spec\""))
      #expect(page.contains("<div class=\"chart\" id=\"\(figure.name)\""))
    }
    #expect(page.contains("<script type=\"module\">"))
    #expect(Answer.page(of: figures, title: "t", pictures: nil, Self.renderer) == nil)
  }

  /// Data sets stand below each other, models side by side.
  @Test func dataSetsAreRows() throws {
    let sets = try ["one", "two", "three"].map { name in
      try ComparedSet(
        StoreReading(
          .of(
            smallStudy(.small(name, classes: ["a", "b"]), attacks: ["flip"], shares: [0.1, 0.3]),
            in: TemporaryFolder(), seedCount: 4)))
    }
    let figure = try #require(SetComparison(sets).answer.figures.first)
    let drawing = try drawing(figure)
    let points = drawing.data("symbol")
    #expect(points.count == 3 * 2 * 2 && drawing.data("rule").count == points.count)
    // A row of panels for each set: three heights, as all panels have one attack.
    #expect(Set(points.map { $0.y.rounded() }).count == 3)
    let names = drawing.texts("title-text")
    #expect(["one", "two", "three", "softmax", "knn"].allSatisfy(names.contains))
    for (text, contrast) in drawing.contrasts { #expect(contrast >= 4.5, "\(text)") }
  }
}
