/// The proof that a Merkle tree continues one of fewer leaves.
package struct ConsistencyProof: Sendable, Equatable {
  /// Number of leaves of the older tree, at least 1.
  package let oldLeafCount: Int

  /// Number of leaves of the newer tree.
  package let leafCount: Int

  /// The nodes from which both roots follow.
  package let path: [ContentHash]

  /// Puts a proof together.
  package init(oldLeafCount: Int, leafCount: Int, path: [ContentHash]) {
    self.oldLeafCount = oldLeafCount
    self.leafCount = leafCount
    self.path = path
  }

  /// Whether trees with these roots are the beginning and the whole of one list.
  ///
  /// Source: RFC 9162, section 2.1.4.2.
  package func holds(from oldRoot: ContentHash, to root: ContentHash) -> Bool {
    guard oldLeafCount >= 1, oldLeafCount <= leafCount else { return false }
    guard oldLeafCount < leafCount else { return path.isEmpty && oldRoot == root }
    let isComplete = oldLeafCount & (oldLeafCount - 1) == 0
    let nodes = isComplete ? [oldRoot] + path : path
    guard let first = nodes.first, !path.isEmpty else { return false }
    var hasher = NodeHasher()
    var place = TreePlace(oldLeafCount - 1, last: leafCount - 1)
    while place.index & 1 == 1 { place.ascend() }
    var (old, new) = (first, first)
    for node in nodes.dropFirst() {
      guard place.last > 0 else { return false }
      if place.isRight {
        old = hasher.node(node, old)
        new = hasher.node(node, new)
        place.skipPromotions()
      } else {
        new = hasher.node(new, node)
      }
      place.ascend()
    }
    return old == oldRoot && new == root && place.last == 0
  }
}
