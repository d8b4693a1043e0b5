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
    self.index = index
    self.leafCount = leafCount
    self.path = path
  }

  /// The root that a tree with `leaf` at this place has; nil where the path has a wrong length.
  ///
  /// Source: Laurie, Messeri, Stradling, "Certificate transparency version 2.0", RFC 9162 (2021),
  /// section 2.1.3.2.
  package func root(with leaf: ContentHash) -> ContentHash? {
    guard index >= 0, index < leafCount else { return nil }
    var hasher = NodeHasher()
    var place = TreePlace(index, last: leafCount - 1)
    var hash = leaf
    for sibling in path {
      guard place.last > 0 else { return nil }
      if place.isRight {
        hash = hasher.node(sibling, hash)
        place.skipPromotions()
      } else {
        hash = hasher.node(hash, sibling)
      }
      place.ascend()
    }
    return place.last == 0 ? hash : nil
  }
}

/// A node on the way up, and the last node of its level.
struct TreePlace {
  private(set) var index: Int
  private(set) var last: Int

  init(_ index: Int, last: Int) { (self.index, self.last) = (index, last) }

  /// Whether the sibling stands to the left.
  var isRight: Bool { index & 1 == 1 || index == last }

  /// One level up.
  mutating func ascend() { (index, last) = (index >> 1, last >> 1) }

  /// Up through the levels on which a last node of even index has no sibling.
  mutating func skipPromotions() {
    while index & 1 == 0, index > 0 { ascend() }
  }
}
