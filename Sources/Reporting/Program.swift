/// What the program says of itself in results.
public enum Program {
  /// The name of the program.
  public static let name = "hemlock"

  /// Its version, which grows when the same plan and seed may give other numbers.
  public static let version = "0.1.0"
}
