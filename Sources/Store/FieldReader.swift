import Foundation
import GRDB

/// Takes the fields of a row one after another, checking what each is.
struct FieldReader {
  /// A field that cannot be what was written.
  struct Mismatch: Error {
    /// The name of its column.
    let column: String
  }

  private let row: Row
  private var position = 0

  /// Begins with the first field.
  init(_ row: Row) {
    self.row = row
  }

  /// The next field, a whole number.
  mutating func integer() throws(Mismatch) -> Int { try next { Int.fromDatabaseValue($0) } }

  /// The next field, a text.
  mutating func text() throws(Mismatch) -> String { try next { String.fromDatabaseValue($0) } }

  /// The next field, one of a few words.
  mutating func named<Value: RawRepresentable<String>>() throws(Mismatch) -> Value {
    try next { String.fromDatabaseValue($0).flatMap { Value(rawValue: $0) } }
  }

  /// The next field, a whole number or NULL.
  mutating func optionalInteger() throws(Mismatch) -> Int? {
    try next { $0.isNull ? .some(nil) : Int.fromDatabaseValue($0).map(Optional.some) }
  }

  /// The next field, a text or NULL.
  mutating func optionalText() throws(Mismatch) -> String? {
    try next { $0.isNull ? .some(nil) : String.fromDatabaseValue($0).map(Optional.some) }
  }

  /// The next field, bytes.
  mutating func bytes() throws(Mismatch) -> Data { try next { Data.fromDatabaseValue($0) } }

  /// The next field, a number; NULL stands for NaN, which SQLite does not have.
  mutating func number() throws(Mismatch) -> Double {
    try next { $0.isNull ? .nan : Double.fromDatabaseValue($0) }
  }

  /// The next field, JSON.
  mutating func json<Value: Decodable>(_ type: Value.Type) throws(Mismatch) -> Value {
    try next { value in
      String.fromDatabaseValue(value).flatMap {
        try? JSONDecoder().decode(type, from: Data($0.utf8))
      }
    }
  }

  private mutating func next<Value>(
    _ convert: (DatabaseValue) -> Value?
  ) throws(Mismatch) -> Value {
    defer { position += 1 }
    let field: DatabaseValue = row[position]
    guard let value = convert(field) else {
      throw Mismatch(column: Array(row.columnNames)[position])
    }
    return value
  }
}
