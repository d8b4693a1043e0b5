/// A way to part the lines of a sample into fields, and how well it fits.
struct SeparatorCandidate {
  let dialect: CSVDialect

  /// The records from the first that has as many fields as most.
  let sample: DialectSample

  /// How many records come before it.
  let preamble: Int

  /// How many fields most records have.
  let fieldCount: Int

  /// The share of records that have so many, 0…1.
  let agreement: Double

  /// The share of fields, those of the first record left out, that are numbers.
  let numberShare: Double

  /// Whether all records but the first have so many, and are enough to say so.
  let agreesButFirst: Bool

  /// Whether the first record has one field fewer than all others.
  let hasRowNames: Bool

  /// Divides a sample; nil where fewer than two fields come of it.
  init?(_ bytes: ArraySlice<UInt8>, isCut: Bool, _ dialect: CSVDialect, findsPreamble: Bool) {
    let sample = DialectSample(bytes, isCut: isCut, dialect)
    var counts: [Int: Int] = [:]
    for record in sample.records { counts[record.fields.count, default: 0] += 1 }
    let most = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    guard var count = most?.key else { return nil }
    // Titles and remarks can be most lines of a short file.
    if count == 1 {
      let others = counts.filter { $0.key > 1 }
      guard let next = others.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
        return nil
      }
      count = next
    }
    guard count > 1 else { return nil }
    let preamble =
      findsPreamble ? sample.records.prefix { $0.fields.count == 1 }.count : 0
    let records = sample.records.dropFirst(preamble)
    let rows = records.dropFirst()
    guard let first = records.first else { return nil }
    hasRowNames =
      first.fields.count == count - 1 && rows.count > 1
      && rows.allSatisfy { $0.fields.count == count }
      // A separator at the end of every line is none before a name.
      && !rows.allSatisfy { $0.fields.last?.text.isEmpty == true }
      && first.fields.allSatisfy { CellKind($0.text) == .text }
      && Set(rows.compactMap { $0.fields.first.map { Array($0.text) } }).count == rows.count
    agreesButFirst =
      !hasRowNames && first.fields.count != count && rows.count >= 5
      && rows.allSatisfy { $0.fields.count == count }
    let fitting = records.count { $0.fields.count == count } + (hasRowNames ? 1 : 0)
    agreement = Double(fitting) / Double(records.count)
    var (numbers, fields) = (0, 0)
    for row in rows {
      for field in row.fields {
        fields += 1
        if CellKind(field.text) == .number { numbers += 1 }
      }
    }
    numberShare = fields == 0 ? 0 : Double(numbers) / Double(fields)
    (self.dialect, self.preamble) = (dialect, preamble)
    (self.sample, fieldCount) = (sample.dropping(preamble), count)
  }

  /// Whether every record fits.
  var isPerfect: Bool { agreement == 1 }

  /// Whether the first record has a name for every field.
  var hasWholeHeader: Bool {
    hasRowNames || sample.records.first?.fields.count == fieldCount
  }
}
