/// What a mistyped name was probably meant to be.
public enum Suggestion {
  /// The candidate nearest to `text`, or nil when none is close.
  ///
  /// Nearness is the optimal string alignment distance without regard to case: the number of
  /// insertions, deletions, substitutions and exchanges of neighbours that turn one into the
  /// other, no part being edited twice. Close means a distance of at most
  /// max(2, length of `text` / 3) that leaves something in common. Ties go to the earlier one.
  /// - Complexity: O(length of `text` × total length of the candidates).
  ///
  /// Source: Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16 (2011),
  /// section 2.2.
  public static func nearest(to text: String, among candidates: [String]) -> String? {
    let wanted = Array(text.lowercased().unicodeScalars)
    let limit = max(2, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let name = Array(candidate.lowercased().unicodeScalars)
      let distance = alignmentDistance(wanted, name)
      guard distance <= limit, distance < max(wanted.count, name.count) || distance == 0,
        distance < best?.distance ?? .max
      else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// The middle of a message about a wrong name: `; did you mean NEAREST?`, or `;` if none is near.
  package static func clause(for text: String, among candidates: [String]) -> String {
    nearest(to: text, among: candidates).map { "; did you mean \($0)?" } ?? ";"
  }

  /// The end of a message about a wrong name: `; did you mean NEAREST? accepted: …`.
  package static func ending(
    for text: String, among candidates: [String], noun: String = "accepted"
  ) -> String {
    "\(clause(for: text, among: candidates)) \(noun): \(candidates.joined(separator: ", "))"
  }

  /// The optimal string alignment distance of two sequences, by dynamic programming over rows.
  private static func alignmentDistance(
    _ a: [Unicode.Scalar], _ b: [Unicode.Scalar]
  ) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var current = last
    for i in a.indices {
      current[0] = i + 1
      for j in b.indices {
        current[j + 1] = min(
          last[j + 1] + 1, current[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          current[j + 1] = min(current[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[b.count]
  }
}
