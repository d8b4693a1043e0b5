/// The number up to which `isBelow` holds from 0 on, by bisection; `high` is doubled until it is above.
func bisection(upTo high: Double, _ isBelow: (Double) -> Bool) -> Double {
  var (low, high) = (0.0, high)
  while isBelow(high) { high *= 2 }
  for _ in 0..<200 {
    let middle = (low + high) / 2
    if middle == low || middle == high { break }
    if isBelow(middle) { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
