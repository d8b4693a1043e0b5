public import Testing

extension Tag {
  /// Takes seconds of a core, or is shorter than with `HEMLOCK_FULL=1`.
  @Tag public static var slow: Self

  /// Runs the Python of `.venv`.
  @Tag public static var python: Self

  /// Starts an MLflow server.
  @Tag public static var server: Self
}
