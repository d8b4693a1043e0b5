import ArgumentParser
import Provenance
import Reporting

struct ProvenanceCheckProof: ParsableCommand {
  /// What became of a proof, for machines.
  private struct Record: Encodable {
    let holds: Bool
    let problem: String?
    let row: Int
    let version: String
    let root: String
  }

  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Checks a proof that prove has printed.",
    discussion: """
      Needs neither the file nor the log. A proof only says that the row is in the tree of its own \
      root: give the root that you trust by --root. Exits 1 when the proof does not hold.

      Examples:
        runner provenance check-proof proof.json
      """)

  @Argument(help: ArgumentHelp("The proof.", valueName: "proof"))
  var proof: String

  @Option(
    help: ArgumentHelp(
      "The root it must lead to. (default: the one it says)", valueName: "hash"))
  var root: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    if let root, ContentHash(hexadecimal: root) == nil {
      throw Failure.usage(
        "--root cannot be \"\(root)\"; accepted: 64 hexadecimal digits, as show prints them")
    }
    let proof = try ProvenanceProof(contentsOf: self.proof)
    let isExpected = root.map { $0 == proof.root } ?? true
    let problem = proof.problem ?? (isExpected ? nil : "it leads to another root")
    let record = Record(
      holds: problem == nil, problem: problem, row: proof.row, version: proof.version,
      root: proof.root)
    if json {
      try Console.show(JSONText.of(record))
    } else if problem == nil {
      try Console.show([
        "row \(proof.row) of version \(proof.version.prefix(12)) is in the tree of root \(proof.root)",
        "first in entry \(proof.firstEntry), \(proof.firstAction)"
          + (root == nil ? "; the root is the proof's own, compare it with one you trust" : ""),
      ])
    }
    if let problem {
      throw Failure(code: .failedCheck, message: "\(self.proof) does not hold: \(problem)")
    }
  }
}
