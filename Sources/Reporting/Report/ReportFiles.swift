package import Analyses
public import Files

/// The files of a report: a page and, beside it, every figure as CSV, Vega-Lite specification, SVG, PNG
/// and PDF.
public struct ReportFiles: Sendable {
  /// The names of all files that a report may have, the page first.
  public static let names =
    ["report.html"]
    + ["curves", "heatmap", "recovery", "accuracy", "tournament", "mitigation"].flatMap { name in
      (["csv"] + Figure.suffixes).map { "\(name).\($0)" }
    } + comparison

  /// The names of the files of a comparison of data sets.
  public static let comparison =
    (["csv"] + Figure.suffixes + ["json"]).map { "comparison.\($0)" }

  /// The names of the files and their content.
  public private(set) var content: [(name: String, bytes: [UInt8])] = []

  /// Whether there are pictures.
  public let hasPictures: Bool

  /// The files of an answer; without `isPage`, those of its figures alone.
  package init(_ answer: Answer, _ renderer: ChartRenderer, isPage: Bool = true) {
    let figures = answer.figures
    let pictures = renderer.pictures(of: figures.map(\.chart.specification))
    let bundle = pictures == nil || !isPage ? nil : renderer.bundle(Answer.pageSnippet)
    hasPictures = isPage ? bundle != nil : pictures != nil
    var byName: [String: Picture] = [:]
    for (index, figure) in figures.enumerated() {
      add("\(figure.name).csv", figure.table.csv)
      content += figure.files(pictures?[index])
      byName[figure.name] = pictures?[index]
    }
    guard isPage else { return }
    let page = answer.page(pictures: byName, bundle: bundle)
    content.insert(("report.html", Array(page.utf8)), at: 0)
  }

  /// The files of a comparison, with its record; without `isPage`, of its figure alone.
  package init(_ comparison: SetComparison, _ renderer: ChartRenderer, isPage: Bool = true) {
    self.init(isPage ? comparison.report : comparison.answer, renderer, isPage: isPage)
    add("comparison.json", JSONText.of(ComparisonRecord(comparison)))
  }

  private mutating func add(_ name: String, _ text: String) {
    content.append((name, Array(text.utf8)))
  }

  /// Writes the files into a folder, gives them their names and removes those of an earlier report.
  ///
  /// `names` are those that such a report may have.
  /// - Throws: `FilesError.unwritable`.
  public func write(
    to folder: ResultsFolder, replacing names: [String] = names
  ) throws(FilesError) {
    for (name, bytes) in content { try folder.append(bytes, to: name) }
    folder.removeOthers(of: names)
    try folder.publish()
  }
}
