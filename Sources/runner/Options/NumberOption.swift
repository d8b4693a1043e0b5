import ArgumentParser
import Documents

/// Reads the text of an option as a number; the failure says what would be `accepted`.
///
/// The parser does not show the default of an option read so; its help text must.
func number<Number: LosslessStringConvertible & SendableMetatype>(
  _ accepted: String
) -> @Sendable (String) throws -> Number {
  { text in
    guard let number = Number(text.trimming) else {
      throw ValidationError("it must be \(accepted)")
    }
    return number
  }
}
