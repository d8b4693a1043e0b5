import LinAlg
import Provenance
import TestSupport
import Testing

struct RowDiffTests {
  @Test(arguments: [
    ([1, 2, 3], [1, 2, 3], []),
    ([], [], []),
    ([], [7], [RowDiff.Change.added(new: 0)]),
    ([7], [], [.removed(old: 0)]),
    ([1, 2, 3], [1, 9, 3], [.changed(old: 1, new: 1)]),
    ([1, 2, 3], [1, 3], [.removed(old: 1)]),
    ([1, 3], [1, 2, 3], [.added(new: 1)]),
    ([1, 2, 3, 4], [4, 1, 2, 3], [.moved(old: 3, new: 0)]),
    ([1, 2, 3, 4], [2, 3, 4, 1], [.moved(old: 0, new: 3)]),
    ([1, 1, 1], [1, 1], [.removed(old: 2)]),
    ([1, 2, 3, 4], [1, 8, 9, 4], [.changed(old: 1, new: 1), .changed(old: 2, new: 2)]),
    ([1, 2, 4], [1, 8, 9, 4], [.changed(old: 1, new: 1), .added(new: 2)]),
    ([1, 2, 3, 4], [1, 8, 4], [.changed(old: 1, new: 1), .removed(old: 2)]),
    // The moved row is not one that was changed.
    ([1, 2, 3, 4, 5], [1, 4, 9, 3, 5], [.moved(old: 3, new: 1), .changed(old: 1, new: 2)]),
  ])
  func namesWhatHappened(old: [Int], new: [Int], changes: [RowDiff.Change]) {
    #expect(RowDiff(from: old, to: new).changes == changes)
  }

  /// On random lists: every row is accounted for once, no fewer could be gone or new, and a longest
  /// run stays in place.
  @Test(arguments: 0..<400 as Range<UInt32>) func isSoundAndSmallest(seed: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: seed)
    let kinds = 1 + stream.integer(below: 8)
    let old = (0..<stream.integer(below: 9)).map { _ in stream.integer(below: kinds) }
    let new = (0..<stream.integer(below: 9)).map { _ in stream.integer(below: kinds) }
    let diff = RowDiff(from: old, to: new)

    var (oldLeft, newLeft) = (Set(old.indices), Set(new.indices))
    var (gone, extra, moved): ([Int], [Int], [(old: Int, new: Int)]) = ([], [], [])
    for change in diff.changes {
      switch change {
      case .removed(let row): gone.append(row)
      case .added(let row): extra.append(row)
      case .changed(let from, let to):
        #expect(old[from] != new[to])
        gone.append(from)
        extra.append(to)
      case .moved(let from, let to):
        #expect(old[from] == new[to])
        moved.append((from, to))
      }
    }
    for row in gone + moved.map(\.old) { #expect(oldLeft.remove(row) != nil) }
    for row in extra + moved.map(\.new) { #expect(newLeft.remove(row) != nil) }
    // What is not named stays, in the same order and with the same content.
    #expect(oldLeft.sorted().map { old[$0] } == newLeft.sorted().map { new[$0] })

    let counts = { (rows: [Int]) in rows.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 } }
    let (before, after) = (counts(old), counts(new))
    let missing = (0..<kinds).reduce(0) { $0 + max(0, (before[$1] ?? 0) - (after[$1] ?? 0)) }
    #expect(gone.count == missing && extra.count == missing + new.count - old.count)
  }

  /// With distinct rows the run that stays is a longest common subsequence, by dynamic programming.
  @Test(arguments: 0..<200 as Range<UInt32>) func keepsALongestRun(seed: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: seed)
    let old = Array(stream.permutation(of: 12).prefix(9))
    let new = Array(stream.permutation(of: 12).prefix(9))
    var table = Array(repeating: [Int](repeating: 0, count: 10), count: 10)
    for i in 1...9 {
      for j in 1...9 {
        table[i][j] =
          old[i - 1] == new[j - 1]
          ? table[i - 1][j - 1] + 1 : max(table[i - 1][j], table[i][j - 1])
      }
    }
    let shared = Set(old).intersection(new).count
    let moved = RowDiff(from: old, to: new).changes.count {
      if case .moved = $0 { true } else { false }
    }
    #expect(moved == shared - table[9][9])
  }
}
