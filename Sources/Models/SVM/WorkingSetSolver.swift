import LinAlg

/// A `BoundedMinimizer` for many rows, which moves a set of them at a time.
///
///     repeat:  take the rows that violate the conditions most, by as many that may rise as may fall,
///              and those of the last set that are off their bounds;
///              minimise over them alone, to a tenth of the violation there is;
///              g ← g − K·Δβ
///
/// A set costs a block of kernel values, made by products of matrices, and one pass over g; the steps within
/// it read a matrix that stays in cache. The pair that violates most is always among them, so what a set does
/// lowers the objective at least as much as the first step of `BoundedSolver` would.
///
/// Source: Joachims, "Making large-scale SVM learning practical", Advances in Kernel Methods (1999),
/// for sets; Zanni, Serafini, Zanghirati, JMLR 7 (2006), for keeping rows off their bounds.
struct WorkingSetSolver<Form: QuadraticForm>: BoundedMinimizer {
  let form: Form
  let tolerance: Double
  let maxIterations: Int
  /// What is added to the diagonal of K; empty for nothing.
  var shift: [Double] = []
  var threads = 1

  mutating func minimize(
    from beta: [Double], slack: [Double], lower: [Double], upper: [Double]
  ) -> BoundedEnd {
    let ranges = form.parts
    var parts = Parallel.map(ranges.count, threads: threads) { part in
      WorkingSetPart(
        ranges[part], beta: beta, slack: slack, lower: lower, upper: upper,
        limit: Form.setSize / 2)
    }
    var iterations = 0
    var set: [Int] = []
    while true {
      let highest = parts.reduce(-.infinity) { max($0, $1.highest) }
      let lowest = parts.reduce(.infinity) { min($0, $1.lowest) }
      guard highest - lowest >= tolerance else {
        return end(parts, iterations, hasConverged: true)
      }
      guard iterations < maxIterations else {
        return end(parts, iterations, hasConverged: false)
      }
      set = nextSet(after: set, parts, highest, lowest)
      iterations += move(set, &parts, violation: highest - lowest, maxIterations - iterations)
    }
  }

  /// Minimises over a set of rows, passes what it came to on to all, and returns the number of iterations.
  private func move(
    _ set: [Int], _ parts: inout [WorkingSetPart], violation: Double, _ limit: Int
  ) -> Int {
    let columns = form.columns(set, threads: threads)
    let shifts = shift.isEmpty ? [] : set.map { shift[$0] }
    var square = KernelSquare(form.square(set, columns), count: set.count, shift: shifts)
    let places = set.map { place($0) }
    let old = places.map { parts[$0.part].beta[$0.offset] }
    var solver = LaneBoundedSolver(
      from: old, slack: places.map { parts[$0.part].slack[$0.offset] },
      lower: places.map { parts[$0.part].lower[$0.offset] },
      upper: places.map { parts[$0.part].upper[$0.offset] })
    let end = solver.minimize(
      &square, tolerance: max(tolerance / 2, violation / 10),
      maxIterations: min(limit, 100 * set.count))
    let moved = set.indices.filter { solver.beta[$0] != old[$0] }
    let steps = moved.map { old[$0] - solver.beta[$0] }
    for (step, index) in zip(steps, moved) {
      let (part, offset) = places[index]
      parts[part].beta[offset] = solver.beta[index]
      if !shift.isEmpty { parts[part].slack[offset] += step * shifts[index] }
    }
    let change = form.change(
      set, columns, factors: set.indices.map { old[$0] - solver.beta[$0] })
    parts = Parallel.map(parts.count, threads: threads) { [parts, form] part in
      var next = parts[part]
      form.add(change, part: part, to: &next.slack)
      next.rank()
      return next
    }
    return max(end.iterations, 1)
  }

  /// The rows to move next.
  private func nextSet(
    after last: [Int], _ parts: [WorkingSetPart], _ highest: Double, _ lowest: Double
  ) -> [Int] {
    var (rising, falling) = (TopViolators(Form.setSize / 2), TopViolators(Form.setSize / 2))
    for part in parts {
      // Rows that violate by less are as good as done.
      for violator in part.rising.violators where violator.value > lowest + tolerance / 2 {
        rising.offer(violator)
      }
      for violator in part.falling.violators where -violator.value < highest - tolerance / 2 {
        falling.offer(violator)
      }
    }
    let (up, down) = (rising.sorted, falling.sorted)
    let size = min(Form.setSize, form.parts.last?.upperBound ?? 0)
    var set: [Int] = []
    var isTaken = Set<Int>()
    func take(_ row: Int) { if set.count < size, isTaken.insert(row).inserted { set.append(row) } }
    if let first = up.first { take(first.row) }
    if let first = down.first { take(first.row) }
    for row in last where set.count < size / 2 {
      let (part, offset) = place(row)
      if parts[part].isFree(offset) { take(row) }
    }
    for rank in 0..<max(up.count, down.count) {
      if rank < up.count { take(up[rank].row) }
      if rank < down.count { take(down[rank].row) }
    }
    return set
  }

  private func place(_ row: Int) -> (part: Int, offset: Int) {
    let ranges = form.parts
    var (low, high) = (0, ranges.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if ranges[middle].lowerBound <= row { low = middle } else { high = middle - 1 }
    }
    return (low, row - ranges[low].lowerBound)
  }

  private func end(
    _ parts: [WorkingSetPart], _ iterations: Int, hasConverged: Bool
  ) -> BoundedEnd {
    BoundedEnd(
      beta: parts.flatMap { $0.beta[..<$0.count] }, slack: parts.flatMap { $0.slack[..<$0.count] },
      iterations: iterations, hasConverged: hasConverged)
  }
}
