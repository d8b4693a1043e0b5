/// Collects the labels of the rows of a file, told apart by their bytes, and numbers their classes.
struct CSVLabels {
  private var classes: [ArraySlice<UInt8>: Int] = [:]
  private var names: [ArraySlice<UInt8>] = []
  private var firstSeen: [Int] = []

  var count: Int { firstSeen.count }

  /// Adds the label of the next row.
  mutating func append(_ label: ArraySlice<UInt8>) { firstSeen.append(place(of: label)) }

  private mutating func place(of label: ArraySlice<UInt8>) -> Int {
    if let index = classes[label] { return index }
    // A copy of its own, so that a few labels do not keep a whole file alive.
    let name = Array(label)[...]
    classes[name] = names.count
    names.append(name)
    return names.count - 1
  }

  mutating func reserve(_ rows: Int) { firstSeen.reserveCapacity(rows) }

  /// Adds the labels of some rows, each one of `labels`.
  mutating func append(_ rows: [Int], of labels: [ArraySlice<UInt8>]) {
    let places = labels.map { place(of: $0) }
    for row in rows { firstSeen.append(places[row]) }
  }

  /// The class names in order, and the class index of each row.
  ///
  /// Ascending by value if every label is a plain decimal number, labels of equal value by Unicode
  /// scalars; otherwise ascending by Unicode scalars, as `numpy.unique` orders.
  func ordered() -> (classNames: [String], labels: [Int]) {
    let values = names.map(Self.number)
    let isNumeric = !values.contains(nil)
    let order = names.indices.sorted { a, b in
      if isNumeric, let x = values[a], let y = values[b], x != y { return x < y }
      // UTF-8 keeps the order of scalars.
      return names[a].lexicographicallyPrecedes(names[b])
    }
    var rank = [Int](repeating: 0, count: names.count)
    for (position, index) in order.enumerated() { rank[index] = position }
    return (
      order.map { String(decoding: names[$0], as: UTF8.self) }, firstSeen.map { rank[$0] }
    )
  }

  private static func number(_ label: ArraySlice<UInt8>) -> Double? {
    switch PlainDecimal(label.span) {
    case .finite(let value): value
    case .outOfRange: label.contains(UInt8(ascii: "-")) ? -.infinity : .infinity
    case .nonFinite, .empty, .text: nil
    }
  }
}
