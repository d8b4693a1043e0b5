/// Holm's correction for several tests at once.
public enum Holm {
  /// p-values such that those of at most α may be called findings together, with probability at most α
  /// of any false one.
  ///
  ///     p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎)
  ///
  /// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
  /// Statistics 6 (1979).
  public static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted {
      values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1)
    }
    var adjusted = values
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(values.count - place) * values[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}

extension RunningMoments {
  /// The probability of a mean at least as far from 0 if it were 0: two-sided, by Student's t.
  ///
  /// 1 where there is no spread to judge by and the mean is 0, 0 where it is not.
  public var probabilityOfZero: Double {
    guard count > 1, let deviation = standardDeviation else { return 1 }
    guard deviation > 0 else { return mean == 0 ? 1 : 0 }
    let t = abs(mean) / (deviation / Double(count).squareRoot())
    return min(1, 2 * StudentT(degreesOfFreedom: count - 1).cumulative(-t))
  }
}
