/// A figure of a report: a chart that can be asked, the same as a picture, and its numbers.
struct ReportFigure: Sendable {
  /// The name of its files.
  let name: String

  /// What it shows, in one sentence.
  let caption: String

  /// The Vega-Lite specification of the page, as wide as its column where that can be.
  let interactive: String

  /// The one of the picture, which shows everything at once.
  let still: String

  /// Its numbers as CSV.
  let csv: String
}
