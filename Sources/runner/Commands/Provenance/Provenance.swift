import ArgumentParser

struct Provenance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provenance",
    abstract: "Who made which rows, what happened to them, and proof of it.",
    discussion: """
      A log beside the data, .hemlock/provenance, keeps every version of a file that is taken in, \
      the hashes of its rows, and one entry for each thing that was done to it. Entries are chained \
      by their hashes, so none can be changed, removed or moved unseen. Files themselves are never \
      touched.

      What is hashed of a row is the bytes of its CSV record without the line end; the header is a \
      row of its own. A version is called by the SHA-256 of the file, or by the beginning of it. A \
      log of which the last entry was cut off cannot tell by itself that its file head was cut back \
      too: keep the head that verify prints elsewhere, and give it by verify --head.

      Examples:
        runner provenance add flowers.csv --source lab --license CC-BY-4.0
        runner provenance verify --help
        runner provenance diff --help
        runner provenance sources --help
      """,
    subcommands: [
      ProvenanceAdd.self, ProvenanceHistory.self, ProvenanceList.self, ProvenanceShow.self,
      ProvenanceVerify.self, ProvenanceDiff.self, ProvenanceRestore.self, ProvenanceProve.self,
      ProvenanceCheckProof.self, ProvenanceSources.self,
    ])
}
