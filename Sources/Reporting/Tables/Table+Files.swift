import Datasets
import Foundation

extension Table {
  /// The table for spreadsheets: shares as they are, what is missing empty.
  package var csv: String {
    var writer = CSVWriter(header: keys)
    for row in scalars {
      writer.append(
        row.map { field in
          switch field {
          case .missing: ""
          case .text(let text): text
          case .whole(let number): String(number)
          case .number(let number): CSVWriter.field(number)
          }
        })
    }
    return writer.text
  }

  /// The table for `mlflow.load_table`: JSON in the orientation that pandas calls `split`.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let line = { (row: [Scalar]) in
      String(decoding: (try? encoder.encode(row)) ?? Data("[]".utf8), as: UTF8.self)
    }
    return "{\"columns\": \(line(keys.map(Scalar.text))),\n\"data\": [\n"
      + scalars.map(line).joined(separator: ",\n") + "\n]}\n"
  }

  /// The table in Markdown; of rows that would make it longer than `limit` characters, the number.
  ///
  /// MLflow keeps 8,000 characters of a note.
  package func markdown(limit: Int) -> String {
    let line = { (fields: [String]) in
      "| " + fields.map(\.inMarkdown).joined(separator: " | ") + " |\n"
    }
    var text =
      line(columns.map(\.title)) + "|" + columns.map { $0.isNumber ? " ---: |" : " --- |" }.joined()
      + "\n"
    for (index, row) in rows.enumerated() {
      let next = line(zip(columns, row).map { $0.plain($1) })
      guard text.count + next.count + 80 <= limit else {
        return text + "\n… and \(rows.count - index) more rows, in the table among the artifacts\n"
      }
      text += next
    }
    return text
  }

  /// The table as HTML, with its notes.
  var html: String {
    let row = { (cells: [String], tag: String) in
      "<tr>"
        + zip(columns, cells).map { column, cell in
          "<\(tag)\(column.isNumber ? " class=\"number\"" : "")>\(HTML.escaped(cell))</\(tag)>"
        }.joined() + "</tr>"
    }
    let bodies = groups.map { group in
      "<tbody>"
        + group.map { values in row(zip(columns, values).map { $0.plain($1) }, "td") }
        .joined(separator: "\n") + "</tbody>"
    }
    return "<div class=\"wide\"><table><thead>\(row(columns.map(\.title), "th"))</thead>"
      + bodies.joined() + "</table></div>" + HTML.paragraphs(notes)
  }
}

extension String {
  /// The text as a field of a table in Markdown, in which HTML and the bar would be read as their own.
  fileprivate var inMarkdown: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "|": text += "\\|"
      case "<": text += "&lt;"
      case "\n", "\r": text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
