import Foundation
import TestSupport
import Testing

/// A small data set of three classes, written the way one or another tool writes CSV files.
struct FlowerFile: Sendable, CustomTestStringConvertible {
  /// What is special about the file.
  let testDescription: String

  /// Its bytes.
  let bytes: Data

  /// The options that make the program read it.
  let options: [String]

  /// The name of the target column.
  let target: String

  /// The label of each row.
  let labels: [String]

  private static let classes = ["setosa", "versicolor", "virginica"]
  private static let rowCount = 45

  /// The features, to three decimals, rows after each other.
  static let features: [[String]] = {
    let noise = normalArray(rowCount * 2, seed: 5)
    return (0..<rowCount).map { row in
      (0..<2).map { column in
        let center = Double(row % 3) * (column == 0 ? 2 : -1)
        return String(format: "%.3f", center + noise[2 * row + column])
      }
    }
  }()

  private init(
    _ description: String, options: [String], target: String = "species",
    classes: [String] = Self.classes, lineBreak: String = "\n", header: String? = nil,
    byteOrderMark: Bool = false, finalBreak: Bool = true,
    line: (_ row: Int, _ features: [String], _ label: String) -> String = { _, x, y in
      (x + [y]).joined(separator: ",")
    }
  ) {
    testDescription = description
    self.options = options
    self.target = target
    let labels = (0..<Self.rowCount).map { classes[$0 % 3] }
    self.labels = labels
    let lines =
      (header.map { [$0] } ?? [])
      + labels.indices.map {
        line($0, Self.features[$0], labels[$0])
      }
    let text = lines.joined(separator: lineBreak) + (finalBreak ? lineBreak : "")
    bytes = Data((byteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8))
  }

  /// As plain as can be.
  static let plain = FlowerFile(
    "plain", options: ["--target", "species"], header: "length,width,species")

  /// Files that are read without further ado.
  static let all = [
    plain,
    FlowerFile(
      "no final line break", options: ["--target", "species"], header: "length,width,species",
      finalBreak: false),
    FlowerFile(
      "everything quoted, as by pandas with QUOTE_ALL", options: ["--target", "species"],
      header: #""length","width","species""#,
      line: { _, x, y in (x + [y]).map { "\"\($0)\"" }.joined(separator: ",") }),
    FlowerFile(
      "CR LF and a byte order mark, as by spreadsheets", options: ["--target", "species"],
      lineBreak: "\r\n", header: "length,width,species", byteOrderMark: true),
    FlowerFile(
      "label first", options: ["--target", "0"], header: "species,length,width",
      line: { _, x, y in ([y] + x).joined(separator: ",") }),
    FlowerFile(
      "labels with commas, accents and quotation marks", options: ["--target", "espèce, nom"],
      target: "espèce, nom", classes: ["iris, soie", "iris \"bleu\"", "iris d’été 🌸"],
      header: #"length,width,"espèce, nom""#,
      line: { _, x, y in
        let doubled = y.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return (x + ["\"\(doubled)\""]).joined(separator: ",")
      }),
    FlowerFile(
      "no header, target from the end", options: ["--no-header", "--target", "-1"],
      target: "column_2"),
    FlowerFile(
      "numbers as labels", options: ["--target", "-1"], classes: ["10", "9", "-1"],
      header: "length,width,species"),
    FlowerFile(
      "a named row number", options: ["--target", "species", "--ignore", "id"],
      header: "id,length,width,species",
      line: { row, x, y in ([String(row)] + x + [y]).joined(separator: ",") }),
    FlowerFile(
      "two columns left out", options: ["--target", "species", "--ignore", "0", "--ignore", "-1"],
      header: "id,length,width,species,remark",
      line: { row, x, y in ([String(row)] + x + [y, "n/a"]).joined(separator: ",") }),
  ]

  /// A column without a name, as pandas writes its index.
  static let unnamedIndex = FlowerFile(
    "an unnamed index", options: ["--target", "species", "--ignore", "0"],
    header: ",length,width,species",
    line: { row, x, y in ([String(row)] + x + [y]).joined(separator: ",") })

  /// Writes the file and returns the options that read it.
  func write(in folder: URL) throws -> [String] {
    try bytes.write(to: folder.appendingPathComponent("flowers.csv"))
    return ["--data", "flowers.csv"] + options
  }
}
