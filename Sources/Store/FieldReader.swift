import Foundation
import GRDB

/// Takes the fields of a row one after another, checking what each is.
struct FieldReader {
  /// A field that cannot be what was written.
  struct Mismatch: Error {
    let column: String
  }

  private let row: Row
  private var position = 0

  init(_ row: Row) {
    self.row = row
  }

  /// The next field, of the type that is asked for; an optional one may be NULL.
  mutating func value<Value: DatabaseValueConvertible>() throws(Mismatch) -> Value {
    try next(Value.fromDatabaseValue)
  }

  /// The next field, one of a few words.
  mutating func named<Value: RawRepresentable<String>>() throws(Mismatch) -> Value {
    try next { String.fromDatabaseValue($0).flatMap { Value(rawValue: $0) } }
  }

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

extension Database {
  /// The fields of the one row of a table; nil where there is no row, or no such table yet.
  func onlyRow(of table: String) throws -> FieldReader? {
    guard try tableExists(table) else { return nil }
    return try Row.fetchOne(self, sql: "SELECT * FROM \(table)").map(FieldReader.init)
  }

  func insert(_ values: [any DatabaseValueConvertible], into table: String) throws {
    let places = values.map { _ in "?" }.joined(separator: ", ")
    let statement = try cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
    try statement.execute(arguments: StatementArguments(values))
  }

  /// Puts a row in place of all that are there.
  func replaceAll(of table: String, by values: [any DatabaseValueConvertible]) throws {
    try execute(sql: "DELETE FROM \(table)")
    try insert(values, into: table)
  }

  /// A value as the text of a column of JSON.
  static func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}
