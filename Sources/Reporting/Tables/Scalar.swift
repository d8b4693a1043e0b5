import Statistics
import Sweeps

extension Table {
  /// A field of a table for machines.
  enum Scalar: Encodable, Equatable {
    case missing
    case text(String)
    case whole(Int)
    case number(Double)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .whole(let number): try container.encode(number)
      case .number(let number) where number.isFinite: try container.encode(number)
      case .number, .missing: try container.encodeNil()
      }
    }
  }

  /// The names of the columns for machines; one of intervals is two, one of estimates three.
  var keys: [String] {
    columns.indices.flatMap { column in
      parts(of: column).map { $0.isEmpty ? columns[column].key : "\(columns[column].key)_\($0)" }
    }
  }

  /// All rows with a field for each key.
  var scalars: [[Scalar]] {
    rows.map { row in
      columns.indices.flatMap { column in
        var value = row[column].scalars
        if columns[column].format == .count, case .number(let number)? = value.first,
          let whole = Int(exactly: number)
        {
          value[0] = .whole(whole)
        }
        return value + Array(repeating: .missing, count: parts(of: column).count - value.count)
      }
    }
  }

  /// What follows the key of a column in the names of its parts.
  private func parts(of column: Int) -> [String] {
    for row in rows {
      switch row[column].content {
      case .range: return ["low", "high"]
      case .spread: return ["", "half_width"]
      case .estimate: return ["", "low", "high"]
      case .numbers(let numbers): return numbers.indices.map { "\($0 + 1)" }
      case .missing, .text, .number: continue
      }
    }
    return [""]
  }
}

extension Table.Value {
  fileprivate var scalars: [Table.Scalar] {
    switch content {
    case .missing: [.missing]
    case .text(let text): [.text(text)]
    case .number(let number): [.number(number)]
    case .range(let ends): [.number(ends.lower), .number(ends.upper)]
    case .spread(let centre, let deviation):
      [.number(centre), deviation.map(Table.Scalar.number) ?? .missing]
    case .estimate(let value, let ends): [.number(value), .number(ends.lower), .number(ends.upper)]
    case .numbers(let numbers): numbers.map(Table.Scalar.number)
    }
  }
}
