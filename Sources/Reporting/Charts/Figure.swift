/// A chart with its numbers.
package struct Figure: Sendable {
  /// What its files are called.
  package let name: String

  /// What it shows, in one sentence.
  let caption: String

  /// Its numbers.
  package let table: Table

  /// The picture, which shows everything at once.
  package let chart: Chart

  /// The chart of a page, with choices, as wide as its column where that can be.
  let interactive: Chart

  init(_ name: String, _ caption: String, _ table: Table, _ chart: Chart, interactive: Chart? = nil)
  {
    (self.name, self.caption, self.table, self.chart) = (name, caption, table, chart)
    self.interactive = interactive ?? chart
  }

  /// What names of files of a chart end with.
  static let suffixes = ["vl.json", "svg", "png", "pdf"]

  static func fileNames(_ names: [String]) -> [String] {
    names.flatMap { name in suffixes.map { "\(name).\($0)" } }
  }

  /// The files of the chart, with its pictures where there are any.
  package func files(_ picture: Picture?) -> [(name: String, bytes: [UInt8])] {
    let content: [[UInt8]?] = [
      Array(chart.specification.utf8), picture?.svg, picture?.png, picture?.pdf,
    ]
    return zip(Self.fileNames([name]), content).compactMap { name, bytes in
      bytes.map { (name, $0) }
    }
  }
}
