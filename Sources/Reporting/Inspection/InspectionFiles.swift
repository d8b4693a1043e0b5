public import Datasets
public import Files
import Foundation
public import Inspection

/// The files of an inspection: `suspicious.csv`, `cleaned.csv`, `inspection.json` and the chart `labels`.
///
/// Cells of the data are written as they were, byte for byte. `suspicious.csv` has, before the columns of
/// the data, `row` (of data, from 1), `confidence`, `reasons`, `suggested` (another class) and `same_as`
/// (a row with the same features and another class).
public struct InspectionFiles {
  /// The names of the files.
  public static let names =
    ["suspicious.csv", "cleaned.csv", "inspection.json"] + Figure.fileNames(["labels"])

  private let dataset: Dataset
  private let rows: CSVRows
  private let inspection: Inspection

  /// The files about a data set, which is written as `rows`.
  public init(_ dataset: Dataset, rows: CSVRows, _ inspection: Inspection) {
    (self.dataset, self.rows, self.inspection) = (dataset, rows, inspection)
  }

  /// Writes all files into a folder, which is to publish them then.
  ///
  /// - Returns: Whether there are pictures.
  /// - Throws: `FilesError.unwritable`.
  public func write(
    to folder: ResultsFolder, record: InspectionRecord, renderer: ChartRenderer
  ) throws(FilesError) -> Bool {
    try folder.append(suspicious, to: "suspicious.csv")
    try folder.append(cleaned, to: "cleaned.csv")
    try folder.append(JSONText.of(record), to: "inspection.json")
    let figure = Figure.labels(inspection.labels, title: dataset.name)
    let picture = renderer.pictures(of: [figure.chart.specification])?.first
    for file in figure.files(picture) { try folder.append(file.bytes, to: file.name) }
    folder.removeOthers(of: Self.names)
    return picture != nil
  }

  private var suspicious: [UInt8] {
    let fields = { (texts: [String]) in texts.map { Array($0.utf8)[...] } }
    let own = fields(["row", "confidence", "reasons", "suggested", "same_as"])
    var text: [UInt8] = []
    rows.append(own + (rows.hasHeader ? rows.header : fields(rows.names)), to: &text)
    for finding in inspection.findings {
      let own = fields([
        "\(finding.row + 1)", String(format: "%.3f", finding.confidence),
        finding.reasons.map(\.rawValue).joined(separator: " "),
        finding.suggested.map { CSVWriter.quoted(dataset.classNames[$0]) } ?? "",
        finding.twin.map { "\($0 + 1)" } ?? "",
      ])
      rows.append(own + rows.fields(finding.row), to: &text)
    }
    return text
  }

  private var cleaned: [UInt8] {
    let gone = Set(inspection.findings.map(\.row))
    var text = Array(rows.mark)
    if rows.hasHeader { rows.append(rows.header, to: &text) }
    for row in 0..<rows.count where !gone.contains(row) { rows.append(rows.fields(row), to: &text) }
    return text
  }
}
