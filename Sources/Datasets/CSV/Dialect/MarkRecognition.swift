import Documents

/// Finds which marks the numbers of a sample have.
///
/// Only columns that are numbers throughout are asked, with gaps. What can be read in one way alone
/// decides: `0,66` has a comma before its fraction, `1,234,567` has commas between thousands. A table
/// has one mark before fractions; where only numbers such as `1,234` have commas, it is a question.
struct MarkRecognition {
  private(set) var marks = NumberMarks.plain

  /// Reads rows of equally many fields.
  ///
  /// - Throws: `DatasetsError.dialect`.
  init(
    _ records: ArraySlice<DialectSample.Record>, _ options: DialectOptions, file: String
  ) throws(DatasetsError) {
    var examples: [NumberShape: Example] = [:]
    for column in (records.first?.fields ?? []).indices {
      var shapes: [(NumberShape, DialectSample.Record)] = []
      var isNumeric = true
      for record in records where column < record.fields.count {
        let text = record.fields[column].text
        if CellKind(text) == .gap { continue }
        guard let shape = NumberShape(text) else {
          isNumeric = false
          break
        }
        shapes.append((shape, record))
      }
      guard isNumeric else { continue }
      for (shape, record) in shapes where examples[shape] == nil {
        examples[shape] = Example(
          line: record.line, text: String(decoding: record.fields[column].text, as: UTF8.self))
      }
    }
    marks = try Self.marks(examples, options, file)
  }

  /// A number, and the line it is on.
  private struct Example: Comparable {
    let line: Int
    let text: String

    static func < (a: Example, b: Example) -> Bool {
      (a.line, a.text) < (b.line, b.text)
    }
  }

  private static let (point, comma) = (UInt8(ascii: "."), UInt8(ascii: ","))

  private static func marks(
    _ examples: [NumberShape: Example], _ options: DialectOptions, _ file: String
  ) throws(DatasetsError) -> NumberMarks {
    func other(_ mark: UInt8) -> UInt8 { mark == point ? comma : point }
    func question(
      _ subject: DialectQuestion.Subject, _ line: Int
    ) -> DatasetsError {
      .dialect(
        DialectQuestion(subject: subject, location: FileLocation(file: file, line: line)))
    }
    func keep(_ example: Example, for mark: UInt8, in first: inout [UInt8: Example]) {
      if first[mark] == nil { first[mark] = example }
    }
    // The marks before fractions, and those between thousands, of which there is no doubt.
    var decimals: [UInt8: Example] = [:]
    var groupings: [UInt8: Example] = [:]
    for (shape, example) in examples.sorted(by: { $0.value < $1.value }) {
      switch shape {
      case .point: keep(example, for: point, in: &decimals)
      case .comma: keep(example, for: comma, in: &decimals)
      case .grouped(let mark, let decimal):
        keep(example, for: mark, in: &groupings)
        if let decimal { keep(example, for: decimal, in: &decimals) }
      case .whole, .openPoint, .openComma: break
      }
    }
    var decimal = options.decimal
    if decimal == nil, case .byte(let mark)? = options.thousands, mark == comma || mark == point {
      decimal = other(mark)
    }
    if decimal == nil {
      if let first = decimals[point], let second = decimals[comma] {
        throw question(
          .mixedMarks(point: first.text, comma: second.text), max(first.line, second.line))
      }
      decimal = decimals.keys.first
      // Marks between thousands leave the other one for fractions.
      if decimal == nil, groupings[comma] != nil, groupings[point] == nil { decimal = point }
      if decimal == nil, groupings[point] != nil, groupings[comma] == nil { decimal = comma }
    }
    var thousands = options.thousands?.byte
    if options.thousands == nil {
      thousands = groupings.keys.sorted().first { $0 != decimal }
      if thousands == nil, let decimal {
        // Beside a sure mark of fractions the other one can only part thousands; points, which most
        // tables have in their own right, are asked for.
        let open: NumberShape = decimal == point ? .openComma : .openPoint
        if let example = examples[open] {
          guard decimal == point else {
            throw question(.mark(point, example: example.text), example.line)
          }
          thousands = comma
        }
      }
    }
    if decimal == nil, let example = examples[.openComma] {
      throw examples[.openPoint].map {
        question(.mixedMarks(point: $0.text, comma: example.text), example.line)
      } ?? question(.mark(comma, example: example.text), example.line)
    }
    return NumberMarks(decimal: decimal ?? point, thousands: thousands)
  }
}

/// What a field of a sample holds.
enum CellKind {
  case gap, number, text

  init(_ text: ArraySlice<UInt8>) {
    if text.isEmpty || text == [UInt8(ascii: "-")]
      || MissingText.usual.contains(where: { $0.utf8.elementsEqual(text) })
    {
      self = .gap
    } else {
      self = NumberShape(text) == nil ? .text : .number
    }
  }
}
