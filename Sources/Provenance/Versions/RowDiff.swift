/// What turns one list of rows into another, rows being told apart by their hashes alone.
///
/// Equal rows are matched one to one, first with first, so that rows are counted as a multiset: what
/// is left over on either side is what the multisets differ in, and no less would do. Of the matched
/// rows, a longest run whose order is the same on both sides stays in place; the others have moved.
/// Rows left over between the same two that stay are taken in order for changed ones; the rest of
/// them are removed or added. Equal beginnings and ends are matched first.
///
/// Unlike a shortest edit script, whose cost grows with the number of differences, this takes
/// O(n log n) for shuffled files too, and calls a moved row moved.
///
/// Source: Fredman, "On computing the length of longest increasing subsequences", Discrete
/// Mathematics 11 (1975), for the run.
package struct RowDiff: Sendable, Equatable {
  /// What happened to a row; places from 0.
  package enum Change: Sendable, Equatable {
    /// It is gone.
    case removed(old: Int)
    /// It is new.
    case added(new: Int)
    /// Another row stands between the same neighbours.
    case changed(old: Int, new: Int)
    /// It stands elsewhere among the rows.
    case moved(old: Int, new: Int)
  }

  /// The changes, in the order of the new rows.
  package let changes: [Change]

  /// Compares two lists.
  package init<Row: Hashable>(from old: [Row], to new: [Row]) {
    let shorter = min(old.count, new.count)
    let start = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let end =
      (0..<shorter - start).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] }
      ?? shorter - start
    let (oldRange, newRange) = (start..<old.count - end, start..<new.count - end)
    let partners = Self.partners(old, oldRange, new, newRange)
    let stays = Self.longestRun(partners)
    var isMatched = [Bool](repeating: false, count: oldRange.count)
    for partner in partners { if let partner { isMatched[partner - start] = true } }

    var changes: [Change] = []
    var position = oldRange.lowerBound
    var pending: [Change] = []
    var extra: [Int] = []
    // Pairs what was left over on both sides since the last row that stays.
    func close(upTo end: Int) {
      var gone = (position..<end).filter { !isMatched[$0 - start] }[...]
      let changed = zip(extra, gone).map { Change.changed(old: $0.1, new: $0.0) }
      gone = gone.dropFirst(changed.count)
      changes += (changed + extra.dropFirst(changed.count).map { .added(new: $0) } + pending)
        .sorted { Self.place($0) < Self.place($1) }
      changes += gone.map { .removed(old: $0) }
      (pending, extra) = ([], [])
    }
    for (offset, row) in newRange.enumerated() {
      guard let partner = partners[offset] else {
        extra.append(row)
        continue
      }
      if stays[offset] {
        close(upTo: partner)
        position = partner + 1
      } else {
        pending.append(.moved(old: partner, new: row))
      }
    }
    close(upTo: oldRange.upperBound)
    self.changes = changes
  }

  private static func place(_ change: Change) -> Int {
    switch change {
    case .removed(let old): old
    case .added(let new), .changed(_, let new), .moved(_, let new): new
    }
  }

  /// For each new row the old one it equals, each old row once, first with first.
  private static func partners<Row: Hashable>(
    _ old: [Row], _ oldRange: Range<Int>, _ new: [Row], _ newRange: Range<Int>
  ) -> [Int?] {
    // The next old row equal to one, or -1; the dictionary holds the first of each kind.
    var next = [Int](repeating: -1, count: oldRange.count)
    var first: [Row: Int] = [:]
    for place in oldRange.reversed() {
      next[place - oldRange.lowerBound] = first.updateValue(place, forKey: old[place]) ?? -1
    }
    return newRange.map { place in
      guard let partner = first[new[place]], partner >= 0 else { return nil }
      first[new[place]] = next[partner - oldRange.lowerBound]
      return partner
    }
  }

  /// Which of the new rows belong to a longest increasing run of partners.
  private static func longestRun(_ partners: [Int?]) -> [Bool] {
    // ends[l] is the row that ends a run of l + 1 with the smallest partner.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: partners.count)
    for (row, partner) in partners.enumerated() {
      guard let partner else { continue }
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if partners[ends[middle]] ?? 0 < partner { low = middle + 1 } else { high = middle }
      }
      before[row] = low > 0 ? ends[low - 1] : -1
      if low == ends.count { ends.append(row) } else { ends[low] = row }
    }
    var stays = [Bool](repeating: false, count: partners.count)
    var row = ends.last ?? -1
    while row >= 0 {
      stays[row] = true
      row = before[row]
    }
    return stays
  }
}
