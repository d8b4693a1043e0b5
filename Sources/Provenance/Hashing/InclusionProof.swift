/// The proof that a leaf is in a Merkle tree of a known root.
package struct InclusionProof: Sendable, Equatable {
  /// The place of the leaf, from 0.
  package let index: Int

  /// Number of leaves of the tree.
  package let leafCount: Int

  /// The siblings on the way from the leaf to the root.
  package let path: [ContentHash]

  /// Puts a proof together.
  package init(index: Int, leafCount: Int, path: [ContentHash]) {
    (self.index, self.leafCount, self.path) = (index, leafCount, path)
  }

  /// The root that a tree with `leaf` at this place has; nil where the path has a wrong length.
  ///
  /// Source: Laurie, Messeri, Stradling, "Certificate transparency version 2.0", RFC 9162 (2021),
  /// section 2.1.3.2.
  package func root(with leaf: ContentHash) -> ContentHash? {
    guard index >= 0, index < leafCount else { return nil }
    var hasher = NodeHasher()
    // A node on the way up, and the last node of its level.
    var (place, last) = (index, leafCount - 1)
    var hash = leaf
    for sibling in path {
      guard last > 0 else { return nil }
      if place & 1 == 1 || place == last {
        hash = hasher.node(sibling, hash)
        // Up through the levels on which a last node of even index has no sibling.
        while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        hash = hasher.node(hash, sibling)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    return last == 0 ? hash : nil
  }
}
