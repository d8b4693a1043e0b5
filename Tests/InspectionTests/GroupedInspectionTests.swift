import Defenses
import Inspection
import LinAlg
import Testing

/// Inspections of rows that belong together.
struct GroupedInspectionTests {
  /// 60 people of six visits each, which are alike: two classes at ±2.5, people with a deviation of 1 about
  /// their class, visits with one of 0.05 about their person.
  private static func visits() -> (features: Matrix<Double>, labels: [Int], people: [Int]) {
    var stream = RandomStream(purpose: RandomPurpose(9_962), seed: 4)
    let people = (0..<360).map { $0 / 6 }
    let centers = (0..<60).map { person in
      (0..<2).map { _ in stream.normal() + (person % 2 == 0 ? -2.5 : 2.5) }
    }
    let elements = people.flatMap { person in centers[person].map { $0 + 0.05 * stream.normal() } }
    return (
      Matrix(rows: 360, columns: 2, elements: elements), people.map { $0 % 2 }, people
    )
  }

  /// All visits of two people have the wrong class: whom their own other visits judge, they look right.
  @Test func wrongLabelsOfWholeGroupsAreFound() throws {
    let (features, truth, people) = Self.visits()
    let wrong = Set([4, 27])
    let labels = zip(truth, people).map { wrong.contains($1) ? 1 - $0 : $0 }
    let found = try [nil, people].map { groups in
      let inspection = try Inspection(
        Suspects(features: features, labels: labels, classCount: 2, groups: groups), copies: 0,
        threads: 2)
      return inspection.findings.filter { $0.reasons.contains(.label) }.map(\.row)
    }
    let rows = Set(people.indices.filter { wrong.contains(people[$0]) })
    #expect(Set(found[1]) == rows, "\(found[1])")
    let judgements = try Inspection(
      Suspects(features: features, labels: labels, classCount: 2, groups: people), copies: 0,
      threads: 1
    ).labels.judgements
    // None of the neighbours of these is a visit of the same person.
    #expect(rows.allSatisfy { judgements[$0].map { $0.neighborShare < 0.5 } == true })
  }

  @Test func cleanGroupsHaveNoWrongLabel() throws {
    let (features, labels, people) = Self.visits()
    let inspection = try Inspection(
      Suspects(features: features, labels: labels, classCount: 2, groups: people), copies: 0,
      threads: 2)
    #expect(!inspection.findings.contains { $0.reasons.contains(.label) })
  }

  /// Groups are whole, and classes spread over the folds.
  @Test func foldsKeepGroupsTogether() {
    let (_, labels, people) = Self.visits()
    var stream = RandomStream(purpose: RandomPurpose(9_963), seed: 1)
    let folds = CrossValidation(
      labels, classCount: 2, groups: people, foldCount: 5, &stream
    ).folds
    for person in 0..<60 {
      #expect(Set(people.indices.filter { people[$0] == person }.map { folds[$0] }).count == 1)
    }
    for fold in 0..<5 {
      // 36 rows of each class, to within a person.
      for label in 0..<2 {
        let count = folds.indices.count { folds[$0] == fold && labels[$0] == label }
        #expect(abs(count - 36) <= 6)
      }
    }
    var other = RandomStream(purpose: RandomPurpose(9_963), seed: 1)
    let pairs = CrossValidation(
      [0, 1, 0, 1], classCount: 2, groups: [0, 0, 1, 1], foldCount: 5, &other)
    #expect(Set(pairs.folds) == [0, 1])
  }

  /// A class of one person has nobody else to be judged by.
  @Test func classesOfOneGroupAreNotJudged() throws {
    let (features, truth, people) = Self.visits()
    let labels = zip(truth, people).map { $1 == 8 ? 2 : $0 }
    let inspection = try Inspection(
      Suspects(features: features, labels: labels, classCount: 3, groups: people), copies: 0,
      threads: 2)
    let own = people.indices.filter { people[$0] == 8 }
    #expect(inspection.smallClassRows == own)
    #expect(own.allSatisfy { inspection.labels.judgements[$0] == nil })
  }
}
