import Datasets
import LinAlg
import Testing

/// Weights of rows, as files have them and data sets keep them.
struct SampleWeightsTests {
  private static let text = """
    a,w,y,person
    1, 0.5 ,up,p
    2,0,down,q
    3,2e1,up,p
    4,1,down,q

    """

  private static func read(
    _ text: String, weights: String = "w", group: String? = nil, file: String = "f.csv",
    dropping: Bool = false
  ) throws -> Dataset {
    var options = TableOptions(target: ColumnReference("y"))
    options.ignoredColumns = [ColumnReference("person")]
    options.weights = ColumnReference(weights)
    options.group = group.map { ColumnReference($0) }
    var encoding = EncodingOptions()
    if dropping { encoding.gaps = .drop }
    options.encoding = encoding
    return try DataFile(path: file, Array(text.utf8)).dataset(options: options)
  }

  @Test func columnsBecomeWeights() throws {
    let dataset = try Self.read(Self.text)
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.sampleWeights == SampleWeights(column: "w", values: [0.5, 0, 20, 1]))
    let decimal = try Self.read(
      Self.text.replacing(",", with: ";").replacing("0.5", with: "0,5"))
    #expect(decimal.sampleWeights?.values == [0.5, 0, 20, 1])
  }

  /// The digest has weights and groups, in whichever order they are added.
  @Test func theDigestHasTheWeights() throws {
    let both = try Self.read(Self.text, group: "person")
    let plain = try Dataset(
      name: "f", features: both.features, labels: both.labels, classNames: both.classNames,
      featureNames: both.featureNames, targetName: both.targetName)
    let (groups, weights) = (both.groups, both.sampleWeights)
    #expect(plain.weighted(by: weights).grouped(by: groups).digest == both.digest)
    #expect(plain.grouped(by: groups).weighted(by: weights).digest == both.digest)
    let digests = [
      plain, plain.weighted(by: weights), plain.grouped(by: groups), both,
      plain.weighted(by: SampleWeights(column: "v", values: [0.5, 0, 20, 1])),
      plain.weighted(by: SampleWeights(column: "w", values: [0.5, 0, 20, 2])),
    ].map(\.digest)
    #expect(Set(digests).count == digests.count)
    #expect(both.digest(ofRows: [0, 1, 2, 3]) == both.digest)
  }

  @Test func whatIsNoWeightIsAFault() throws {
    let negative = Self.text.replacing("2e1", with: "-2")
    let one = #expect(throws: DatasetsError.self) { try Self.read(negative) }
    #expect(
      "\(try #require(one))"
        == "f.csv:4:2: \"-2\" cannot be a weight; column \"w\" must hold plain decimal numbers from 0 up, such as "
        + "1.5")
    let several = negative.replacing("2,0,", with: "2,,").replacing("4,1,", with: "4,inf,")
    let both = #expect(throws: DatasetsError.self) { try Self.read(several) }
    let all = "\(try #require(both))"
    #expect(all.contains("\"w\": no value in 1 of 4 rows: 3:2"), "\(all)")
    #expect(all.contains("\"w\": a number out of range in 2 of 4 rows: 4:2"), "\(all)")
    let dropped = try Self.read(negative.replacing("3,-2", with: ",-2"), dropping: true)
    #expect(dropped.sampleWeights?.values == [0.5, 0, 1])
    let none = Self.text.replacing("0.5", with: "0").replacing("2e1", with: "0")
      .replacing("4,1", with: "4,0")
    #expect(throws: DatasetsError.noWeight(file: "f.csv", column: "w")) { try Self.read(none) }
  }

  @Test func oneColumnIsOneThing() throws {
    for (weights, group) in [("y", nil), ("w", "w")] {
      let error = #expect(throws: DatasetsError.self) {
        try Self.read(Self.text, weights: weights, group: group)
      }
      #expect("\(try #require(error))".contains("and the weights; choose one"))
    }
    let other = #expect(throws: DatasetsError.self) {
      try Self.read("1 1:2\n2 1:3\n", file: "f.libsvm")
    }
    #expect("\(try #require(other))".contains("no column for weights"))
  }

  @Test func partsKeepTheirWeights() throws {
    let rows = (0..<60).map { "\($0),\($0 % 7),\($0 % 2),p" }.joined(separator: "\n")
    let dataset = try Self.read("a,w,y,person\n\(rows)\n")
    let sample = try dataset.sample(of: 20)
    for row in 0..<20 {
      #expect(sample.sampleWeights?.values[row] == Double(Int(sample.features[row, 0]) % 7))
    }
  }
}
