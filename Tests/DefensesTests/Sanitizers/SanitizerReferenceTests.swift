import Defenses
import LinAlg
import Models
import TestSupport
import Testing

/// Confident learning against cleanlab, edited neighbours against imbalanced-learn.
struct SanitizerReferenceTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let name: String
      let classes: Int
      let labels: [Int]
      let probabilities: [Double]
      let joint: [[Int]]
      let issues: [String: [Int]]
    }
    struct Edited: Decodable {
      let data: String
      let labels: [Int]
      let neighbors: Int
      let kind: String
      let kept: [Int]
    }
    let cases: [Case]
    let edited: [Edited]
  }

  private let reference: Reference

  init() throws { reference = try fixture("sanitizers") }

  @Test func labelIssuesAreThoseOfCleanlab() {
    for test in reference.cases {
      let probabilities = Matrix(
        rows: test.labels.count, columns: test.classes, elements: test.probabilities)
      let joint = ConfidentJoint(labels: test.labels, probabilities: probabilities)
      #expect(joint.counts == test.joint, "\(test.name)")
      for rule in LabelIssues.Rule.allCases {
        let flags = LabelIssues.flags(
          labels: test.labels, probabilities: probabilities, rule: rule)
        let rows = flags.indices.filter { flags[$0] }
        #expect(rows == test.issues[rule.rawValue], "\(test.name), \(rule.rawValue)")
      }
    }
  }

  @Test func noiseMatrixIsAMatrixOfDistributions() {
    for test in reference.cases {
      let probabilities = Matrix(
        rows: test.labels.count, columns: test.classes, elements: test.probabilities)
      let joint = ConfidentJoint(labels: test.labels, probabilities: probabilities)
      for row in joint.noise { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
    }
  }

  @Test func editedNeighborsAreThoseOfImbalancedLearn() throws {
    for test in reference.edited {
      let defense = try rowDefense("enn:n_neighbors=\(test.neighbors),kind=\(test.kind)")
      let verdict = defense.judge(
        suspects(test.data, labels: test.labels), for: try softmax(), threads: 2)
      let kept = verdict.weights.indices.filter { verdict.weights[$0] > 0 }
      #expect(kept == test.kept, "\(test.data) \(test.neighbors) \(test.kind)")
    }
  }
}
