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
