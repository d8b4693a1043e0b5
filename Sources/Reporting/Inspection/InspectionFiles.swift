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
    ["suspicious.csv", "cleaned.csv", "inspection.json"]
    + ["vl.json", "svg", "png"].map { "labels.\($0)" }

  private let dataset: Dataset
  private let rows: CSVRows
  private let inspection: Inspection

  /// The files about a data set, which is written as `rows`.
  public init(_ dataset: Dataset, rows: CSVRows, _ inspection: Inspection) {
    self.dataset = dataset
    self.rows = rows
    self.inspection = inspection
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
    let chart = Figure.labels(inspection.labels, title: dataset.name).chart.specification
    try folder.append(chart, to: "labels.vl.json")
    let picture = renderer.pictures(of: [chart])?.first
    if let picture {
      try folder.append(picture.svg, to: "labels.svg")
      try folder.append(picture.png, to: "labels.png")
    }
    folder.removeOthers(of: Self.names)
    return picture != nil
  }

  private var suspicious: [UInt8] {
    var text = Array("row,confidence,reasons,suggested,same_as".utf8)
    for column in rows.names.indices {
      text.append(UInt8(ascii: ","))
      text += rows.hasHeader ? rows.header(column) : Array(rows.names[column].utf8)[...]
    }
    text += rows.lineBreak
    for finding in inspection.findings {
      let own = [
        "\(finding.row + 1)", String(format: "%.3f", finding.confidence),
        finding.reasons.map(\.rawValue).joined(separator: " "),
        finding.suggested.map { CSVWriter.quoted(dataset.classNames[$0]) } ?? "",
        finding.twin.map { "\($0 + 1)" } ?? "",
      ]
      text += Array(own.joined(separator: ",").utf8)
      for column in rows.names.indices {
        text.append(UInt8(ascii: ","))
        text += rows.field(finding.row, column)
      }
      text += rows.lineBreak
    }
    return text
  }

  private var cleaned: [UInt8] {
    let gone = Set(inspection.findings.map(\.row))
    var text = Array(rows.mark)
    let append = { (fields: [ArraySlice<UInt8>]) in
      for (index, field) in fields.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text += field
      }
      text += rows.lineBreak
    }
    if rows.hasHeader { append(rows.names.indices.map { rows.header($0) }) }
    for row in 0..<rows.count where !gone.contains(row) {
      append(rows.names.indices.map { rows.field(row, $0) })
    }
    return text
  }
}
