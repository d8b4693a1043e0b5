import Documents

/// What somebody says of the columns of a file, by their indices.
struct SaidColumns {
  private(set) var encodings: [Int: EncodingChoice] = [:]
  private(set) var policies: [Int: GapPolicy] = [:]

  /// Nothing is said.
  init() {}

  /// Finds the columns.
  ///
  /// - Throws: `DatasetsError.encoding` for one that is not there, and for the target where that cannot be.
  init(
    _ options: EncodingOptions, _ header: CSVHeader, _ columns: CSVColumns, file: String
  ) throws(DatasetsError) {
    for said in options.encodings {
      let index = try Self.index(of: said.column, header, columns, .encode, file)
      guard columns.roles[index] != .target else {
        throw .encoding(
          EncodingProblem(
            file: file, key: .encode,
            problem: "\(said.column.text.quotedExcerpt) is the target, whose texts are classes",
            accepted: "columns of features are accepted"))
      }
      try Self.keep(said.choice, of: said.column, at: index, in: &encodings, .encode, file)
    }
    for said in options.gapsOfColumns {
      let index = try Self.index(of: said.column, header, columns, .missing, file)
      let isTarget = columns.roles[index] == .target
      guard !isTarget || said.choice == .drop || said.choice == .error else {
        throw .encoding(
          EncodingProblem(
            file: file, key: .missing,
            problem:
              "\(said.column.text.quotedExcerpt) is the target, of which nothing is filled in",
            accepted: "drop or error are accepted"))
      }
      try Self.keep(said.choice, of: said.column, at: index, in: &policies, .missing, file)
    }
  }

  private static func keep<Choice: Equatable>(
    _ choice: Choice, of column: ColumnReference, at index: Int, in choices: inout [Int: Choice],
    _ key: EncodingKey, _ file: String
  ) throws(DatasetsError) {
    let before = choices.updateValue(choice, forKey: index)
    guard before == nil || before == choice else {
      throw .encoding(
        EncodingProblem(
          file: file, key: key,
          problem: "two things are said of the column \(column.text.quotedExcerpt)",
          accepted: "one is accepted"))
    }
  }

  private static func index(
    of reference: ColumnReference, _ header: CSVHeader, _ columns: CSVColumns, _ key: EncodingKey,
    _ file: String
  ) throws(DatasetsError) -> Int {
    let index: Int
    do {
      index = try header.index(of: reference)
    } catch {
      let columns = columns.names.prefix(12).map(\.quotedExcerpt).joined(separator: ", ")
      throw .encoding(
        EncodingProblem(
          file: file, key: key,
          problem: "there is no one column \(reference.text.quotedExcerpt)",
          accepted: "the columns are \(columns), also by their indices"))
    }
    guard columns.roles[index] != .ignored else {
      throw .encoding(
        EncodingProblem(
          file: file, key: key,
          problem: "\(reference.text.quotedExcerpt) is left out, so nothing is made of it",
          accepted: "columns that are read are accepted"))
    }
    return index
  }
}
