import Documents

/// The names of the columns of a CSV file.
///
/// Of columns of one name the second is called `name.1`, the third `name.2`, as pandas calls them.
struct CSVHeader {
  /// The names: those of the first row, or `column_0`, `column_1`, …; empty where a column has none.
  private(set) var names: [String] = []

  /// The names that several columns have.
  private(set) var repeated: [String] = []

  /// Where each name stands; nothing where there is no header.
  private var locations: [FileLocation] = []

  private let file: String
  private let leftOut: Set<Int>

  /// The column of the classes, where the file says which it is.
  let target: Int?

  /// Takes the first row of a file, or looks at how many fields it has.
  ///
  /// - Throws: `DatasetsError.emptyFile`, and those of syntax.
  init(
    _ scanner: inout CSVScanner, dialect: CSVDialect, file: String
  ) throws(DatasetsError) {
    (self.file, leftOut, target) = (file, dialect.leftOutColumns, dialect.target)
    if let head = dialect.head {
      take(head.names)
      return
    }
    guard dialect.hasHeader else {
      var ahead = scanner
      while let field = try ahead.next() {
        names.append("column_\(names.count)")
        if field.endsRow { break }
      }
      guard !names.isEmpty else { throw .emptyFile(file: file) }
      return
    }
    var written: [String] = []
    while let field = try scanner.next() {
      written.append(scanner.text(of: field))
      locations.append(scanner.location(of: field))
      if field.endsRow { break }
    }
    guard !written.isEmpty else { throw .emptyFile(file: file) }
    if dialect.hasRowNames {
      written.insert("", at: 0)
      locations.insert(locations[0], at: 0)
    }
    take(written)
  }

  /// Names that are there already, such as those another part of a file gives.
  init(names: [String], file: String) {
    (self.file, leftOut, target) = (file, [], nil)
    take(names)
  }

  private mutating func take(_ written: [String]) {
    var taken = Set(written)
    var counts: [String: Int] = [:]
    for name in written {
      guard !name.isEmpty, let count = counts[name] else {
        counts[name] = 1
        names.append(name)
        continue
      }
      if count == 1 { repeated.append(name) }
      var number = count
      while taken.contains("\(name).\(number)") { number += 1 }
      names.append("\(name).\(number)")
      taken.insert("\(name).\(number)")
      counts[name] = number + 1
    }
  }

  /// The columns that are left out although nobody has said so.
  var leftOutColumns: Set<Int> { leftOut.filter { names.indices.contains($0) } }

  /// The index of the column that a person means.
  ///
  /// - Throws: `DatasetsError.unknownColumn`, `.ambiguousColumn`.
  func index(of reference: ColumnReference) throws(DatasetsError) -> Int {
    if repeated.contains(reference.text) {
      let places = names.indices.filter {
        names[$0] == reference.text || names[$0].hasPrefix(reference.text + ".")
      }
      throw .ambiguousColumn(file: file, name: reference.text, columns: places)
    }
    return try reference.index(among: names, file: file)
  }

  /// Refuses columns without a name that are not left out.
  ///
  /// - Throws: `DatasetsError.emptyColumnName`.
  func requireNames(butOf ignored: Set<Int>) throws(DatasetsError) {
    for index in names.indices where names[index].isEmpty && !ignored.contains(index) {
      throw .emptyColumnName(at: locations[index], index: index)
    }
  }
}
