import LinAlg
import Models

/// Gives a row the class of most of its neighbours, where they agree enough.
///
///     y'ᵢ = plurality of the k nearest others, if its share is at least η;  else yᵢ
///
/// One pass from the labels as they came, so the order of rows does not matter. Plurality ties go to
/// the smaller class. It amplifies flips that stand together: there most neighbours are wrong too.
///
/// Source: Paudice, Muñoz-González, Lupu, "Label sanitization against label flipping poisoning
/// attacks" (2018), algorithm 1.
struct NeighborRelabel: RowDefense {
  let neighborCount: Int
  let agreement: Double

  let name = "knn-relabel"

  var parameters: [String: String] {
    changed(["n_neighbors": "\(neighborCount)", "eta": "\(agreement)"])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    let votes = NeighborVotes(suspects, neighborCount: neighborCount, threads: threads)
    guard votes.neighborCount > 0 else { return verdict }
    for row in 0..<suspects.count {
      let winner = votes.plurality(row)
      verdict.scores[row] = 1 - votes.share(of: suspects.labels[row], row)
      if votes.share(of: winner, row) >= agreement { verdict.labels[row] = winner }
    }
    return verdict
  }
}

/// Removes a row whose neighbours have another class.
///
/// Source: Wilson, "Asymptotic properties of nearest neighbor rules using edited data", IEEE SMC 2
/// (1972).
struct EditedNeighbors: RowDefense {
  /// Which neighbours must have the class of a row for it to stay.
  enum Rule: String, CaseIterable, Sendable {
    /// More of them than have any other; ties go to the smaller class.
    case mode
    case all
  }

  let neighborCount: Int
  let rule: Rule

  let name = "enn"

  var parameters: [String: String] {
    changed(["n_neighbors": "\(neighborCount)", "kind": rule.rawValue])
  }

  func judge(_ suspects: Suspects, for learner: any Learner, threads: Int) -> Verdict {
    var verdict = Verdict(acquitting: suspects)
    let votes = NeighborVotes(suspects, neighborCount: neighborCount, threads: threads)
    guard votes.neighborCount > 0 else { return verdict }
    for row in 0..<suspects.count {
      let label = suspects.labels[row]
      let share = votes.share(of: label, row)
      verdict.scores[row] = 1 - share
      let stays = rule == .all ? share == 1 : votes.plurality(row) == label
      if !stays { verdict.weights[row] = 0 }
    }
    return verdict
  }
}

/// How the k nearest others of each row vote.
package struct NeighborVotes {
  let neighborCount: Int
  private let classCount: Int
  private var counts: [Int]
  private var voters: [Int]

  /// Lets the nearest others vote: those of all rows, or of the rows at some positions.
  package init(
    _ suspects: Suspects, among rows: [Int]? = nil, neighborCount count: Int, threads: Int
  ) {
    let features = suspects.features
    // One more, as a row may be among its own neighbours.
    let table =
      rows.map {
        NeighborTable(
          of: features, among: features.selectingRows($0), neighborCount: count + 1,
          threads: threads)
      } ?? NeighborTable(of: features, neighborCount: count, threads: threads)
    let k = table.neighborCount
    neighborCount = k
    classCount = suspects.classCount
    counts = Array(repeating: 0, count: suspects.count * suspects.classCount)
    voters = Array(repeating: 0, count: suspects.count)
    for row in 0..<suspects.count {
      for place in row * k..<(row + 1) * k where voters[row] < count {
        let other = rows?[table.indices[place]] ?? table.indices[place]
        guard other != row else { continue }
        voters[row] += 1
        counts[row * classCount + suspects.labels[other]] += 1
      }
    }
  }

  /// The share of the neighbours of a row that have a class; 0 where there is none.
  package func share(of label: Int, _ row: Int) -> Double {
    Double(counts[row * classCount + label]) / Double(max(voters[row], 1))
  }

  /// The share of the neighbours of a row that have another class; 0 where there is none.
  func dissent(from label: Int, _ row: Int) -> Double {
    Double(voters[row] - counts[row * classCount + label]) / Double(max(voters[row], 1))
  }

  /// The class that most neighbours of a row have.
  func plurality(_ row: Int) -> Int {
    var best = 0
    for label in 1..<max(classCount, 1)
    where counts[row * classCount + label] > counts[row * classCount + best] {
      best = label
    }
    return best
  }
}
