import Datasets
import Documents
import Files

/// The keys that say how data are read.
protocol ColumnKey: RawRepresentable<String>, CaseIterable, Hashable {
  static var target: Self { get }
  static var ignore: Self { get }
  static var group: Self { get }
  static var weights: Self { get }
  static var header: Self { get }
  static var sample: Self { get }
}

extension PlanKey: ColumnKey {}

/// The keys of a data set that says for itself how it is read.
private enum DataKey: String, ColumnKey {
  case file, target, ignore, group, weights, header, sample
  case separator, decimal, thousands, quote, comment, skip, encoding
  case encode, missing
  case missingText = "missing_text"
}

extension PlanFile {
  /// The data that an item of `data` names: alone, or as `file` beside how that is read, which otherwise is
  /// as the plan says for all; and the places of what it says.
  func source(
    _ item: DocumentNode, _ accepted: String, folder: String, like common: DataSource
  ) throws(DocumentError) -> (DataSource, [String: FileLocation]) {
    let own = try DocumentMapping<DataKey>(item.pairs ?? [])
    guard item.pairs == nil || own[.file] != nil else {
      throw item.error("data: a mapping needs file, as in {file: a.csv, target: y}")
    }
    let named = own[.file] ?? item
    let text = try named.value(of: "data", accepted: accepted) { node in
      node.text.flatMap { $0.isEmpty || $0.unicodeScalars.contains("\0") ? nil : $0 }
    }
    var source = common
    try readColumns(own, into: &source)
    let names = NamedDataset.names
    let isElsewhere = names.contains(text) || text.hasPrefix("/") || folder.isEmpty
    source.text = isElsewhere ? text : text.inFolder(folder)
    if source.isNamed {
      (source.target, source.ignoredColumns, source.hasHeader) = (nil, [], nil)
      (source.group, source.weights) = (nil, nil)
      source.dialect = DialectOptions()
      source.encoding = EncodingOptions()
      try refuseColumns(own, of: [source])
    } else if source.target == nil, Self.needsTarget(source) {
      let nearest = Suggestion.nearest(to: text, among: names)
      throw named.error(
        "data: \(named.found) is not built in"
          + (nearest.map { "; did you mean \($0)? Built" } ?? "; built")
          + " in: \(names.joined(separator: ", ")). A CSV file needs target, the name or index of "
          + "the column that holds the classes")
    }
    let places = own.places.map { ($0.key.rawValue, $0.value) } + [("data", named.location)]
    return (source, Dictionary(places) { first, _ in first })
  }

  /// Whether a file must be one of CSV, and has no column that it says has the classes.
  private static func needsTarget(_ source: DataSource) -> Bool {
    let path = source.text
    let format = DataFormatCatalog.format(of: path)
    let isCalledSo = format.fileEndings.contains { ending in
      path.hasSuffix(".\(ending)")
        || DataFormatCatalog.packedEndings.contains { path.hasSuffix(".\(ending).\($0)") }
    }
    guard format.needsTarget, InputFile.byteCount(of: path) != nil else {
      return format.needsTarget
    }
    var options = TableOptions(hasHeader: source.hasHeader)
    options.dialect = source.dialect
    return isCalledSo
      && (try? DataFile(contentsOf: path))?.needsTarget(options: options) ?? true
  }
}
