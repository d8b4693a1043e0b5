import Files

/// The Merkle hash tree over a list of byte strings.
///
///     MTH({})   = SHA-256()
///     MTH({d})  = SHA-256(0x00 ‖ d)
///     MTH(D[n]) = SHA-256(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])),  k the largest power of 2 below n
///
/// The prefixes keep a leaf from being taken for a node. All nodes are kept, 2n hashes of 32 bytes;
/// level by level, where the last of an odd number moves up as it is, which gives the same tree.
///
/// Source: Laurie, Langley, Kasper, "Certificate transparency", RFC 6962 (2013), section 2.1.
package struct MerkleTree: Sendable {
  /// Nodes, the leaves first; node i of level l covers the leaves i·2ˡ..<min((i + 1)·2ˡ, n).
  private let levels: [[ContentHash]]

  /// Builds the tree over leaves that are hashed already.
  ///
  /// - Complexity: O(n) time and memory.
  package init(leaves: [ContentHash]) {
    var levels = [leaves]
    var hasher = NodeHasher()
    while let below = levels.last, below.count > 1 {
      var above: [ContentHash] = []
      above.reserveCapacity((below.count + 1) / 2)
      for index in stride(from: 0, to: below.count - 1, by: 2) {
        above.append(hasher.node(below[index], below[index + 1]))
      }
      if below.count % 2 == 1 { above.append(below[below.count - 1]) }
      levels.append(above)
    }
    self.levels = levels
  }

  /// Number of leaves n.
  package var leafCount: Int { levels[0].count }

  /// The leaves.
  package var leaves: [ContentHash] { levels[0] }

  /// MTH of all leaves.
  package var root: ContentHash { levels[levels.count - 1].first ?? ContentHash(of: []) }

  /// The hash of a leaf: SHA-256(0x00 ‖ d).
  package static func leaf(_ bytes: some Sequence<UInt8>) -> ContentHash {
    var hasher = NodeHasher()
    return hasher.leaf(bytes)
  }

  /// The proof that leaf `index` is in the tree: the siblings on its way to the root.
  ///
  /// - Precondition: There is such a leaf.
  ///
  /// Source: RFC 6962, section 2.1.1.
  package func inclusionProof(of index: Int) -> InclusionProof {
    precondition(index >= 0 && index < leafCount, "No leaf \(index) among \(leafCount)")
    var path: [ContentHash] = []
    for (level, nodes) in levels.enumerated() {
      let sibling = (index >> level) ^ 1
      if sibling < nodes.count { path.append(nodes[sibling]) }
    }
    return InclusionProof(index: index, leafCount: leafCount, path: path)
  }
}

/// Hashes leaves and nodes in one buffer.
struct NodeHasher: ~Copyable {
  private var buffer: [UInt8] = []
  private var digest = Digest()

  /// SHA-256(0x00 ‖ d).
  mutating func leaf(_ bytes: some Sequence<UInt8>) -> ContentHash {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(0)
    buffer.append(contentsOf: bytes)
    return hash()
  }

  /// SHA-256(0x01 ‖ left ‖ right).
  mutating func node(_ left: ContentHash, _ right: ContentHash) -> ContentHash {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(1)
    left.append(to: &buffer)
    right.append(to: &buffer)
    return hash()
  }
  private mutating func hash() -> ContentHash {
    digest.update(buffer)
    return ContentHash(bytes: digest.finish())
  }
}
