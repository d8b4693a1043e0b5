import Statistics
import Sweeps

extension Table {
  /// What a column is called and how its numbers are written for people.
  package struct Column: Sendable {
    enum Format: Equatable {
      /// Not numbers, but text.
      case text
      /// Whole numbers with thousands set apart.
      case count
      /// With a fixed number of decimals.
      case decimals(Int)
      /// Shares, as percent.
      case percent(Int)
    }

    let title: String

    let key: String

    let format: Format

    /// Whether numbers above 0 have a plus.
    var isSigned = false

    /// Whether it says what a row is about, as columns of text do.
    var isLabel = false

    /// Texts, at the left edge.
    package static func text(_ title: String, key: String? = nil) -> Column {
      Column(title: title, key: key ?? title, format: .text)
    }

    /// Whole numbers.
    package static func count(_ title: String, key: String? = nil) -> Column {
      Column(title: title, key: key ?? title, format: .count)
    }

    /// Numbers with a fixed count of decimals.
    package static func number(_ title: String, _ decimals: Int = 2, key: String? = nil) -> Column {
      Column(title: title, key: key ?? title, format: .decimals(decimals))
    }

    /// Shares, which people see as percent and machines as they are.
    package static func percent(
      _ title: String, _ decimals: Int = 2, signed: Bool = false, key: String? = nil
    ) -> Column {
      Column(title: title, key: key ?? title, format: .percent(decimals), isSigned: signed)
    }

    /// Poison levels.
    package static var level: Column {
      Column(title: "poison", key: "level", format: .percent(0), isLabel: true)
    }

    /// Whether it stands at the right edge.
    var isNumber: Bool { format != .text }

    /// A number as people see it.
    func text(_ number: Double) -> String {
      let text =
        switch format {
        case .text: "\(number)"
        case .count: number.isFinite ? Numbers.grouped(Int(number)) : "\(number)"
        case .decimals(let decimals): Numbers.fixed(number, decimals)
        case .percent(let decimals): Numbers.percent(number, decimals)
        }
      return isSigned && number > 0 ? "+" + text : text
    }

    /// A value as people see it: its head, which ends where those of other rows do, and the rest.
    func parts(_ value: Value) -> (head: String, tail: String) {
      if let label = value.label { return (label, "") }
      // What a number is off by has no sign.
      let size = { (number: Double) in
        Column(title: title, key: key, format: format).text(number)
      }
      switch value.content {
      case .missing: return ("", "")
      case .text(let text): return (text, "")
      case .number(let number): return (text(number), "")
      case .range(let ends): return ("\(size(ends.lower))…\(size(ends.upper))", "")
      case .spread(let centre, let deviation):
        return (text(centre), deviation.map { " ± " + size($0) } ?? "")
      case .estimate(let value, let ends):
        return (text(value), " [\(size(ends.lower)), \(size(ends.upper))]")
      case .numbers(let numbers):
        // Shares of up to 100.0 line up.
        return (numbers.map { text($0).padded(to: 5) }.joined(separator: " "), "")
      }
    }

    /// A value as people see it, in one piece.
    func plain(_ value: Value) -> String {
      let (head, tail) = parts(value)
      return head + tail + value.mark
    }
  }
}
