public import Datasets
public import Files
import Foundation
public import Inspection

/// The files of an inspection: `suspicious.csv`, `scores.csv`, `cleaned.csv`, `corrected.csv`, `inspection.json`
/// and the chart `labels`.
///
/// Cells of the data are written as they were, byte for byte. `suspicious.csv` has, before the columns of
/// the data, `row` (of data, from 1), `confidence`, `reasons`, `suggested` (another class) and `same_as`
/// (a row with the same features and another class); where the data have a column of such a name, that of
/// the inspection begins with `hemlock_`. `scores.csv` has a line for every row, the most probably wrong
/// first.
public struct InspectionFiles {
  /// The names of the files.
  public static let names =
    ["suspicious.csv", "scores.csv", "cleaned.csv", "corrected.csv", "inspection.json"]
    + Figure.fileNames(["labels"])

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
    try folder.append(scores, to: "scores.csv")
    try folder.append(cleaned, to: "cleaned.csv")
    try folder.append(corrected, to: "corrected.csv")
    try folder.append(JSONText.of(record), to: "inspection.json")
    let figure = Figure.labels(inspection, title: dataset.name)
    let picture = renderer.pictures(of: [figure.chart.specification])?.first
    for file in figure.files(picture) { try folder.append(file.bytes, to: file.name) }
    folder.removeOthers(of: Self.names)
    return picture != nil
  }

  private var suspicious: [UInt8] {
    let own = ["row", "confidence", "reasons", "suggested", "same_as"].map { name in
      // Two columns of one name are one too many to be read back.
      var free = name
      while rows.names.contains(free) { free = "hemlock_" + free }
      return free
    }
    var text: [UInt8] = []
    rows.append(
      fields(own) + (rows.hasHeader ? rows.header : fields(rows.names)), to: &text)
    for finding in inspection.findings {
      let own = [
        "\(dataset.sourceRow(finding.row) + 1)",
        rows.number(String(format: "%.3f", finding.confidence)),
        finding.reasons.map(\.rawValue).joined(separator: " "),
        finding.suggested.map { dataset.classNames[$0] } ?? "",
        finding.twin.map { "\(dataset.sourceRow($0) + 1)" } ?? "",
      ]
      rows.append(fields(own) + rows.fields(dataset.sourceRow(finding.row)), to: &text)
    }
    return text
  }

  private var scores: [UInt8] {
    var text: [UInt8] = []
    rows.append(
      fields([
        "row", "label", "suggested", "wrong_probability", "label_probability", "neighbor_share",
        "dissenters", "outlier_score", "reasons",
      ]), to: &text)
    var reasons: [Int: String] = [:]
    for finding in inspection.findings {
      reasons[finding.row] = finding.reasons.map(\.rawValue).joined(separator: " ")
    }
    for row in inspection.labels.order {
      let judgement = inspection.labels.judgements[row]
      let number = { (value: Double?) in value.map { rows.number(String(format: "%.6f", $0)) } ?? ""
      }
      let name = { (label: Int) in dataset.classNames[label] }
      rows.append(
        fields([
          "\(dataset.sourceRow(row) + 1)", name(dataset.labels[row]),
          judgement.map { name($0.suggested) } ?? "",
          number(judgement?.wrongProbability), number(judgement?.ownProbability),
          number(judgement?.neighborShare),
          judgement?.dissenters.joined(separator: " ") ?? "",
          number(inspection.outliers.scores[row]), reasons[row] ?? "",
        ]), to: &text)
    }
    return text
  }

  private var cleaned: [UInt8] {
    let gone = Set(inspection.findings.map { dataset.sourceRow($0.row) })
    return file { gone.contains($0) ? nil : rows.fields($0) }
  }

  private var corrected: [UInt8] {
    var suggested: [Int: Int] = [:]
    for finding in inspection.findings {
      suggested[dataset.sourceRow(finding.row)] = finding.suggested
    }
    return file { row in
      var fields = rows.fields(row)
      if let label = suggested[row] {
        fields[rows.target] = rows.field(dataset.classNames[label])
      }
      return fields
    }
  }

  /// A file like the data, of the rows that `fields` has fields for.
  private func file(_ fields: (Int) -> [ArraySlice<UInt8>]?) -> [UInt8] {
    var text = Array(rows.mark)
    if rows.hasHeader { rows.append(rows.header, to: &text) }
    for row in 0..<rows.count {
      if let fields = fields(row) { rows.append(fields, to: &text) }
    }
    return text
  }

  private func fields(_ texts: [String]) -> [ArraySlice<UInt8>] {
    texts.map { rows.field($0) }
  }
}
