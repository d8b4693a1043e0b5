import Datasets
import TestSupport
import Testing

/// The content of `Tests/Fixtures/encodings.json`: a file, and what scikit-learn and pandas make of it.
struct EncodingReference: Decodable, Sendable {
  /// Numbers with gaps filled in.
  struct Numbers: Decodable, Sendable {
    let median: Double
    let filled: [Double]
    let missing: [Double]
  }

  /// Texts, each with a column.
  struct Texts: Decodable, Sendable {
    let categories: [String]
    let columns: [[Double]]
  }

  /// Texts by their places.
  struct Places: Decodable, Sendable {
    let categories: [String]
    let places: [Double]
  }

  let file: String
  let training: [Int]
  let numbers: [String: Numbers]
  let texts: [String: Texts]
  let grades: Places
  let dates: [String: [Double]]

  static func load() throws -> EncodingReference { try fixture("encodings") }

  /// The file as a data set, the columns read as the reference does.
  func dataset() throws -> Dataset {
    var encoding = EncodingOptions()
    _ = encoding.set(
      .encode, to: "colour=onehot,shape=onehot,day=date,instant=date,grade=ordinal")
    _ = encoding.set(.missing, to: "indicator")
    return try readEncoded(file, encoding, target: "kind")
  }
}

/// The data set in a text of CSV.
func readEncoded(
  _ text: String, _ encoding: EncodingOptions = EncodingOptions(), target: String = "y",
  chunkByteCount: Int? = 1 << 20
) throws -> Dataset {
  var options = TableOptions(target: ColumnReference(target))
  options.encoding = encoding
  return try CSVReader.read(
    bytes: Array(text.utf8), name: "t", file: "t.csv", options: options,
    chunkByteCount: chunkByteCount)
}

/// What somebody says of how columns become numbers.
func said(_ choices: (EncodingKey, String)...) -> EncodingOptions {
  var options = EncodingOptions()
  for (key, text) in choices {
    let isAccepted = options.set(key, to: text)
    #expect(isAccepted, "\(key.rawValue) \(text)")
  }
  return options
}
