/// A value whose making may fail with one error, which becomes another: that of the caller's module.
package func converting<Value, Failure: Error, Other: Error>(
  _ value: @autoclosure () throws(Failure) -> Value, to other: (Failure) -> Other
) throws(Other) -> Value {
  do {
    return try value()
  } catch {
    throw other(error)
  }
}
