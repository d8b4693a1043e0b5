/// Dates and times of day as ISO 8601 writes them, as days since 1970-01-01T00:00Z.
///
/// `2025-03-01`, `2025-03-01T12:30`, `2025-03-01 12:30:15.25`, also with `Z` or `+01:00` behind a time. The
/// calendar is the Gregorian, of the years 1 to 9999.
///
/// Source: Hinnant, "chrono-compatible low-level date algorithms" (2013), `days_from_civil` and
/// `civil_from_days`.
package enum ISODate {
  private static let secondsOfDay = 86_400.0
  private static let first = days(year: 1, month: 1, day: 1)
  private static let last = days(year: 9999, month: 12, day: 31)

  /// Reads a text with blanks around it; nil where it is no date.
  package static func read(_ text: Span<UInt8>) -> (days: Double, hasTime: Bool)? {
    // Most texts are none, and that shows at their ends.
    guard text.count >= 10, text[0] <= UInt8(ascii: "9") else { return nil }
    var reader = Reader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), year >= 1, (1...12).contains(month),
      (1...length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    let days = days(year: year, month: month, day: day)
    if reader.isAtEnd { return (Double(days), false) }
    guard reader.take("T") || reader.take(" "), let hour = reader.digits(2), hour < 24,
      reader.take(":"), let minute = reader.digits(2), minute < 60
    else { return nil }
    var seconds = Double(hour * 3600 + minute * 60)
    if reader.take(":") {
      guard let second = reader.digits(2), second < 60 else { return nil }
      seconds += Double(second)
      if reader.take(".") {
        guard let fraction = reader.fraction() else { return nil }
        seconds += fraction
      }
    }
    guard let offset = reader.offset() else { return nil }
    return (Double(days) + (seconds - offset) / secondsOfDay, true)
  }

  /// Reads a text, as above.
  package static func read(_ text: String) -> (days: Double, hasTime: Bool)? {
    read(Array(text.utf8).span)
  }

  /// The date of a number of days; with a time of day, to the second.
  package static func text(days: Double, hasTime: Bool) -> String {
    let held = held(days, hasTime: hasTime)
    let whole = held.rounded(.down)
    let (year, month, day) = civil(Int(whole))
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    guard hasTime else { return date }
    let second = Int(((held - whole) * secondsOfDay).rounded())
    return date + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):"
      + padded(second % 60, 2)
  }

  /// The nearest whole day, or second, within the years.
  static func held(_ days: Double, hasTime: Bool) -> Double {
    let bounded = min(max(days, Double(first)), Double(last))
    return hasTime ? (bounded * secondsOfDay).rounded() / secondsOfDay : bounded.rounded()
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Years begin with March, so that the day that leap years have more is the last.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  /// Takes a text from its beginning.
  private struct Reader {
    private var bytes: [UInt8]
    private var position = 0

    init(_ text: Span<UInt8>) {
      // Longer than any date that is read.
      bytes = text.count > 64 ? [] : text.indices.map { text[$0] }
      while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
        position += 1
      }
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
      position += 1
      return true
    }

    mutating func digits(_ count: Int) -> Int? {
      guard position + count <= bytes.count else { return nil }
      var number = 0
      for byte in bytes[position..<position + count] {
        guard byte &- UInt8(ascii: "0") <= 9 else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      }
      position += count
      return number
    }

    /// Up to nine digits behind the point of seconds.
    mutating func fraction() -> Double? {
      var (number, count) = (0.0, 0)
      while count < 9, let digit = digits(1) {
        number = number * 10 + Double(digit)
        count += 1
      }
      guard count > 0 else { return nil }
      return number / [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9][count]
    }

    /// Seconds east of Greenwich that end the text: none, `Z`, or as `+01:00`.
    mutating func offset() -> Double? {
      if isAtEnd || take("Z") && isAtEnd { return 0 }
      let isWest = take("-")
      guard isWest || take("+"), let hours = digits(2), hours < 24, take(":"),
        let minutes = digits(2), minutes < 60, isAtEnd
      else { return nil }
      return Double(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
  }
}
