/// The classes of rows: their names in order, and which of them each row has.
struct ClassLabels {
  let classNames: [String]
  let labels: [Int]

  /// Classes that are numbered, ascending.
  ///
  /// - Complexity: O(n + K·log K).
  init(numbers: [Int]) {
    let distinct = Set(numbers).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    classNames = distinct.map(String.init)
    labels = numbers.map { ranks[$0] ?? 0 }
  }

  /// Classes with names, in the order of `CSVLabels`.
  init(_ labels: CSVLabels) { (classNames, self.labels) = labels.ordered() }

  /// Refuses a single class.
  ///
  /// - Throws: `DatasetsError.singleClass`.
  func requireSeveral(file: String, column: String) throws(DatasetsError) {
    guard classNames.count > 1 else {
      throw .singleClass(file: file, label: classNames.first ?? "", column: column)
    }
  }
}

extension StoredArray {
  /// The labels in a column.
  ///
  /// - Throws: `DatasetsError.content` for numbers that are no integers, and for text that is empty or
  ///   none.
  func labels(column: Int = 0) throws(DatasetsError) -> ClassLabels {
    // Safe: bytes have no padding that nobody has written.
    let source = unsafe bytes.span.bytes
    guard element.isNumeric else {
      var labels = CSVLabels()
      for row in 0..<rows {
        let offset = offset(row: row, column: column)
        guard let text = element.text(source, at: offset), !text.isEmpty else {
          throw .content(
            file, .byte(offset),
            "the label of row \(row)\(name.isEmpty ? "" : " in \(name)") is "
              + "empty or no text in \(element.kind == .bytes ? "UTF-8" : "Unicode")",
            accepted: "labels are integers or text")
        }
        labels.append(text[...])
      }
      return ClassLabels(labels)
    }
    var numbers: [Int] = []
    numbers.reserveCapacity(rows)
    for row in 0..<rows {
      let offset = offset(row: row, column: column)
      guard let number = element.integer(source, at: offset) else {
        throw .content(
          file, .byte(offset),
          "the label of row \(row)\(name.isEmpty ? "" : " in \(name)") is "
            + "\(element.value(source, at: offset))",
          accepted: "labels are integers, also as floating-point numbers up to 2⁵³, or text")
      }
      numbers.append(number)
    }
    return ClassLabels(numbers: numbers)
  }
}
