import Provenance
import Testing

struct MerkleTreeTests {
  /// The leaves and values that Certificate Transparency publishes for its logs.
  ///
  /// Source: transparency-dev/merkle, testonly/constants.go; the same in google/certificate-transparency.
  private static let published: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [
      0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E,
      0x6F,
    ],
  ]

  private static let publishedRoots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  private func tree(_ leaves: some Sequence<[UInt8]>) -> MerkleTree {
    MerkleTree(leaves: leaves.map { MerkleTree.leaf($0) })
  }

  private func rows(_ count: Int) -> MerkleTree {
    tree((0..<count).map { Array("row \($0)".utf8) })
  }

  @Test(arguments: 0...8) func hasThePublishedRoots(size: Int) {
    #expect(tree(Self.published.prefix(size)).root.hexadecimal == Self.publishedRoots[size])
  }

  @Test(arguments: [
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
  ])
  func hasThePublishedInclusionProofs(index: Int, size: Int, path: [String]) {
    let proof = tree(Self.published.prefix(size)).inclusionProof(of: index)
    #expect(proof.path.map(\.hexadecimal) == path)
  }

  @Test func agreesWithPymerkle() throws {
    for reference in try ProvenanceReference.load().trees {
      let tree = rows(reference.size)
      #expect(tree.root.hexadecimal == reference.root)
      for (index, path) in reference.paths.enumerated() {
        let proof = tree.inclusionProof(of: index)
        #expect(proof.path.map(\.hexadecimal) == path, "\(index) of \(reference.size)")
      }
    }
  }

  /// Every proof of every size holds; none does with another leaf, place, size, root or path.
  @Test(arguments: 1...40) func provesInclusion(size: Int) {
    let tree = rows(size)
    let stranger = MerkleTree.leaf("none".utf8)
    for index in 0..<size {
      let proof = tree.inclusionProof(of: index)
      let leaf = tree.leaves[index]
      #expect(proof.root(with: leaf) == tree.root)
      #expect(proof.root(with: stranger) != tree.root)
      let lies =
        [
          InclusionProof(index: index, leafCount: size, path: proof.path + [stranger]),
          InclusionProof(index: index, leafCount: size, path: Array(proof.path.dropLast())),
          InclusionProof(index: size, leafCount: size, path: proof.path),
          InclusionProof(index: -1, leafCount: size, path: proof.path),
        ]
        + proof.path.indices.map { place in
          var path = proof.path
          path[place] = stranger
          return InclusionProof(index: index, leafCount: size, path: path)
        }
        + (0..<size).filter { $0 != index }.map {
          InclusionProof(index: $0, leafCount: size, path: proof.path)
        }
      // A path of a single leaf is empty and has no shorter one.
      for lie in lies where lie != proof { #expect(lie.root(with: leaf) != tree.root) }
    }
  }

  /// Without prefixes, a row of 64 bytes that are two hashes would be taken for their node.
  @Test func keepsLeavesFromNodes() {
    let tree = rows(2)
    var forged: [UInt8] = []
    tree.leaves[0].append(to: &forged)
    tree.leaves[1].append(to: &forged)
    #expect(MerkleTree.leaf(forged) != tree.root)
    #expect(MerkleTree.leaf([1] + forged) != tree.root)
  }

  @Test func readsHashesBack() {
    let hash = ContentHash(of: Array("a".utf8))
    #expect(ContentHash(hexadecimal: hash.hexadecimal) == hash)
    #expect(hash.hexadecimal.hasPrefix("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785"))
    let wrong = [
      "", String(hash.hexadecimal.dropLast()), hash.hexadecimal + "0",
      hash.hexadecimal.uppercased(), "g" + hash.hexadecimal.dropFirst(),
    ]
    for text in wrong { #expect(ContentHash(hexadecimal: text) == nil) }
  }
}
