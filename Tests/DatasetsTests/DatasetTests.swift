import Datasets
import LinAlg
import TestSupport
import Testing

struct DatasetTests {
  private static func make(
    _ elements: [Double], labels: [Int], classNames: [String] = ["a", "bb"],
    featureNames: [String] = ["é"], name: String = "small"
  ) throws(DatasetsError) -> Dataset {
    let columns = featureNames.isEmpty ? 0 : 1
    return try Dataset(
      name: name, features: Matrix(rows: elements.count, columns: columns, elements: elements),
      labels: labels, classNames: classNames, featureNames: featureNames, targetName: "y")
  }

  @Test func countsItsParts() throws {
    let set = try Self.make([1, 2, 3], labels: [1, 1, 1], classNames: ["a", "b", "c"])
    #expect(set.sampleCount == 3)
    #expect(set.featureCount == 1)
    #expect(set.classCount == 3)
    #expect(set.classCounts == [0, 3, 0])
  }

  @Test func mayBeWithoutRows() throws {
    let set = try Self.make([], labels: [])
    #expect(set.sampleCount == 0)
    #expect(set.classCounts == [0, 0])
    #expect(set.digest(ofRows: []) == set.digest)
  }

  @Test func hashesItsCanonicalBytes() throws {
    // The script beside the fixture spells the bytes out and hashes them with hashlib.
    let set = try Self.make([1, -0.0], labels: [1, 0])
    #expect(try Reference.load().smallDigest == set.digest)
  }

  @Test func hashesContentButNotTheName() throws {
    let set = try Self.make([1, 0], labels: [1, 0])
    #expect(try Self.make([1, 0], labels: [1, 0], name: "other").digest == set.digest)
    #expect(try Self.make([1, -0.0], labels: [1, 0]).digest == set.digest)
    let others = try [
      Self.make([1, 0x1p-1074], labels: [1, 0]),
      Self.make([1, 0], labels: [1, 1]),
      Self.make([1, 0], labels: [1, 0], classNames: ["ab", "b"]),
      Self.make([1, 0], labels: [1, 0], featureNames: ["e\u{301}"]),
      Self.make([0, 1], labels: [0, 1]),
    ]
    #expect(Set(others.map(\.digest) + [set.digest]).count == others.count + 1)
  }

  @Test func hashesSelectedRowsAsASetOfTheirOwn() throws {
    let set = try Self.make([1, 2, 3], labels: [1, 0, 1])
    let selected = try Self.make([3, 1], labels: [1, 1])
    #expect(set.digest(ofRows: [2, 0]) == selected.digest)
    #expect(set.digest(ofRows: [0, 1, 2]) == set.digest)
    #expect(set.digest(ofRows: [0, 2]) != selected.digest)
  }

  @Test func hashesMoreThanOneBlock() throws {
    let features: Matrix<Double> = normalMatrix(3000, 3, seed: 1)
    let names = ["f", "g", "h"]
    let labels = (0..<3000).map { $0 % 2 }
    let set = try Dataset(
      name: "large", features: features, labels: labels, classNames: ["0", "1"],
      featureNames: names, targetName: "y")
    let half = try Dataset(
      name: "half", features: features.selectingRows(Array(0..<1500)),
      labels: Array(labels[..<1500]), classNames: ["0", "1"], featureNames: names,
      targetName: "y")
    #expect(set.digest(ofRows: Array(0..<1500)) == half.digest)
  }

  @Test func comparesNameAndContent() throws {
    let set = try Self.make([.nan, 0], labels: [1, 0])
    #expect(try set == Self.make([.nan, -0.0], labels: [1, 0]))
    #expect(try set != Self.make([.nan, 0], labels: [1, 0], name: "other"))
    #expect(try set != Self.make([.nan, 1], labels: [1, 0]))
  }

  @Test func refusesPartsThatDoNotFit() {
    #expect(throws: DatasetsError.noFeatures) {
      try Self.make([], labels: [], featureNames: [])
    }
    #expect(throws: DatasetsError.tooFewClasses(count: 1)) {
      try Self.make([1], labels: [0], classNames: ["a"])
    }
    #expect(
      throws: DatasetsError.countMismatch(
        noun: "labels", count: 1, counterpart: "rows", expected: 2)
    ) {
      try Self.make([1, 2], labels: [0])
    }
    #expect(
      throws: DatasetsError.countMismatch(
        noun: "feature names", count: 2, counterpart: "columns", expected: 1)
    ) {
      try Self.make([1], labels: [0], featureNames: ["f", "g"])
    }
    #expect(throws: DatasetsError.repeatedName(noun: "class name", name: "a")) {
      try Self.make([1], labels: [0], classNames: ["a", "b", "a"])
    }
    #expect(throws: DatasetsError.labelOutOfRange(row: 1, label: 2, classCount: 2)) {
      try Self.make([1, 2], labels: [1, 2])
    }
    #expect(throws: DatasetsError.labelOutOfRange(row: 0, label: -1, classCount: 2)) {
      try Self.make([1, 2], labels: [-1, 2])
    }
  }

  @Test func tellsNamesApartByTheirScalars() throws {
    let set = try Self.make([1, 2], labels: [0, 1], classNames: ["\u{E9}", "e\u{301}"])
    #expect(set.classCount == 2)
  }
}
