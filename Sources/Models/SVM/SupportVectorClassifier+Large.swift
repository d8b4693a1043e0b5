import LinAlg

/// Fits of many rows, by working sets.
extension SupportVectorClassifier {
  /// Solves pairs of classes; nil where numbers are too large for products.
  ///
  /// Many pairs are shared out to the threads, few are worked on by all; the bits are the same.
  func solveLarge(
    _ pairs: [(positive: Int, negative: Int)], _ problem: Problem, _ function: KernelFunction,
    threads: Int
  ) -> [(rows: [Int], solution: PairSolution)]? {
    let workers = pairs.count >= 2 * threads ? threads : 1
    let threads = threads / workers
    switch function {
    case .linear:
      guard Self.hasFiniteProducts(problem.features) else { return nil }
      return Parallel.map(pairs.count, threads: workers) { index in
        let pair = Pair(pairs[index].positive, pairs[index].negative, problem, c, margin)
        let features = problem.features.selectingRows(pair.rows)
        return GramForm.pays(features.rows, features.columns)
          ? (pair.rows, solution(pair, GramForm(features), threads))
          : (pair.rows, solution(pair, LinearForm(features, threads: threads), threads))
      }
    case .rbf(let gamma):
      let present = problem.presentClasses
      let groups = present.map { label in
        problem.labels.indices.filter { problem.labels[$0] == label }
      }
      guard
        let blocks = KernelBlocks(
          problem.features, groups: groups, gamma: gamma,
          largestFactor: c * (problem.weights.max() ?? 1), threads: threads * workers)
      else { return nil }
      let table = KernelTable(blocks, byteBudget: cacheByteBudget, workers: workers)
      return Parallel.map(pairs.count, threads: workers) { index in
        let pair = Pair(pairs[index].positive, pairs[index].negative, problem, c, margin)
        let form = KernelForm(
          table,
          groups: present.indices.filter {
            present[$0] == pairs[index].positive || present[$0] == pairs[index].negative
          })
        return (pair.rows, solution(pair, form, threads))
      }
    }
  }

  private func solution(_ pair: Pair, _ form: some QuadraticForm, _ threads: Int) -> PairSolution {
    var solver = PairSolver(
      minimizer: WorkingSetSolver(
        form: form, tolerance: tolerance,
        maxIterations: max(maxIterations, 100 * pair.rows.count), shift: pair.shift,
        threads: threads))
    return pair.solution(margin, &solver)
  }

  /// Whether products of rows are finite, by Cauchy and Schwarz.
  private static func hasFiniteProducts(_ features: Matrix<Double>) -> Bool {
    (0..<features.rows).allSatisfy { row in
      features.withRow(row) { BLAS.nrm2($0) } < 1e140
    }
  }
}
