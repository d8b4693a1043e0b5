import Datasets
import LinAlg
import Testing

/// Encodings against those of scikit-learn and pandas.
struct EncodingReferenceTests {
  private static func column(_ name: String, _ set: Dataset) throws -> Int {
    try #require(set.featureNames.firstIndex(of: name), "\(name) of \(set.featureNames)")
  }

  /// All rows, with what the training rows of the reference fill gaps with.
  private static func completed(_ set: Dataset, _ reference: EncodingReference) -> Matrix<Double> {
    var features = set.features
    FittedEncoding(set, trainingRows: reference.training).completeOthers(&features)
    return features
  }

  @Test func mediansOfTrainingRowsFillGaps() throws {
    let reference = try EncodingReference.load()
    let set = try reference.dataset()
    let features = Self.completed(set, reference)
    let fitted = FittedEncoding(set, trainingRows: reference.training)
    for (place, name) in ["size", "count"].enumerated() {
      let numbers = try #require(reference.numbers[name])
      let j = try Self.column(name, set)
      #expect(fitted.gapColumns[place] == j && fitted.medians[place] == numbers.median)
      #expect((0..<set.sampleCount).map { features[$0, j] } == numbers.filled)
      let missing = try Self.column("\(name) is missing", set)
      #expect((0..<set.sampleCount).map { features[$0, missing] } == numbers.missing)
    }
  }

  /// A text that no training row has is unknown; all others have their column.
  @Test func textsHaveTheirColumns() throws {
    let reference = try EncodingReference.load()
    let set = try reference.dataset()
    let features = Self.completed(set, reference)
    for (name, texts) in reference.texts {
      var known: Set<Int> = []
      for (category, values) in zip(texts.categories, texts.columns) {
        let j = try Self.column("\(name)=\(category)", set)
        known.insert(j)
        #expect((0..<set.sampleCount).map { features[$0, j] } == values, "\(name)=\(category)")
      }
      for (j, feature) in set.featureNames.enumerated()
      where feature.hasPrefix("\(name)=") && !known.contains(j) {
        #expect((0..<set.sampleCount).allSatisfy { features[$0, j] == 0 }, "\(feature)")
      }
    }
    let rare = try Self.column("colour=ultramarine", set)
    #expect(set.features[3, rare] == 1 && features[3, rare] == 0)
  }

  @Test func ordinalsAndDatesAreTheirs() throws {
    let reference = try EncodingReference.load()
    let set = try reference.dataset()
    let grade = try #require(set.encoding?.columns.first { $0.name == "grade" })
    #expect(grade.values == reference.grades.categories)
    let place = try Self.column("grade", set)
    #expect((0..<set.sampleCount).map { set.features[$0, place] } == reference.grades.places)
    for (name, days) in reference.dates {
      let j = try Self.column(name, set)
      #expect((0..<set.sampleCount).map { set.features[$0, j] } == days, "\(name)")
    }
  }

  /// The texts of the file come back from the numbers.
  @Test func numbersBecomeTextsAgain() throws {
    let reference = try EncodingReference.load()
    let set = try reference.dataset()
    let again = try readEncoded(
      set.csv(),
      said(
        (.encode, "colour=onehot,shape=onehot,day=date,instant=date,grade=ordinal"),
        (.missing, "indicator")), target: "kind")
    #expect(again.featureNames == set.featureNames)
    #expect(
      again.features.elements.map(\.bitPattern) == set.features.elements.map(\.bitPattern))
  }
}
