import Datasets
import ONNX
import Sweeps

extension ONNXColumn {
  /// The columns of a file as a graph takes them, with what was fitted to the training rows of a split.
  ///
  /// Texts and truth values are texts, numbers are numbers, NaN where they are missing. Dates are numbers of
  /// days, and hashed texts are the features they become, as graphs can take no text apart.
  static func columns(_ encoding: TableEncoding, _ fitted: FittedEncoding) -> [ONNXColumn] {
    encoding.columns.indices.flatMap { index -> [ONNXColumn] in
      let (column, range) = (encoding.columns[index], encoding.features(of: index))
      let filling = fitted.gapColumns.firstIndex(of: range.lowerBound).map { fitted.medians[$0] }
      let isIndicated = column.gap?.isIndicated == true
      switch column.kind {
      case .ignored: return []
      case .hash: return range.map { ONNXColumn(encoding.featureNames[$0], .numbers) }
      case .number, .date:
        return [ONNXColumn(column.name, .numbers, filling: filling, isIndicated: isIndicated)]
      case .onehot:
        return [ONNXColumn(column.name, groups(column, range, fitted))]
      case .boolean:
        let words = column.values.map { spellings($0) }
        return [
          ONNXColumn(
            column.name,
            places(words.flatMap(\.self), words[0].map { _ in 0 } + words[1].map { _ in 1 }))
        ]
      case .ordinal:
        return [
          ONNXColumn(
            column.name, places(column.values, column.values.indices.map(Double.init)),
            filling: filling, isIndicated: isIndicated)
        ]
      }
    }
  }

  /// A column of 0 and 1 for each text, the last for gaps; what no training row has is 0 throughout.
  private static func groups(
    _ column: ColumnEncoding, _ range: Range<Int>, _ fitted: FittedEncoding
  ) -> Kind {
    let unknown = [Double](repeating: 0, count: range.count)
    let row = { (place: Int) in
      var row = unknown
      if !fitted.unseenColumns.contains(range.lowerBound + place) { row[place] = 1 }
      return row
    }
    var texts = column.values
    var features = column.values.indices.map(row)
    if column.gap != nil {
      // Distinct by bytes, as those of the file are.
      let known = Set(texts.map { Array($0.utf8) })
      let gaps = column.missingTexts.filter { !known.contains(Array($0.utf8)) }
      texts += gaps
      features += gaps.map { _ in row(range.count - 1) }
    }
    return .texts(texts, features: features + [unknown])
  }

  /// A number for each text; any other has none.
  private static func places(_ texts: [String], _ numbers: [Double]) -> Kind {
    .texts(texts, features: numbers.map { [$0] } + [[.nan]])
  }

  /// A word as it is written most often.
  private static func spellings(_ word: String) -> [String] {
    let low = word.lowercased()
    let all = [word, low, low.uppercased(), low.prefix(1).uppercased() + low.dropFirst()]
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension ColumnEncoding {
  /// The texts that stand for no value in the column: nothing, that of its first gap, and the usual ones.
  fileprivate var missingTexts: [String] {
    ([gap?.text ?? "", ""] + MissingText.usual).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }
}
