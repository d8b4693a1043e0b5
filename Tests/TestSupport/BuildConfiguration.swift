#if DEBUG
  /// Whether the code is optimised; tests of many fits take too long where it is not.
  public let isOptimizedBuild = false
#else
  /// Whether the code is optimised; tests of many fits take too long where it is not.
  public let isOptimizedBuild = true
#endif
