import Foundation

#if DEBUG
  /// Whether the code is optimised; tests of many fits take too long where it is not.
  public let isOptimizedBuild = false
#else
  /// Whether the code is optimised; tests of many fits take too long where it is not.
  public let isOptimizedBuild = true
#endif

/// Whether simulations run at full length, as `./run_tests.sh --all` has it by `HEMLOCK_FULL=1`.
public let isFullLength = ProcessInfo.processInfo.environment["HEMLOCK_FULL"] == "1"
