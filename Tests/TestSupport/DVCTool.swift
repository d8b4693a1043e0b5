public import Foundation

/// The DVC of `.venv`, as tests run it.
public enum DVCTool {
  /// Whether tests that need it can run; where they must, in continuous integration, they do.
  ///
  /// Says so, once, where they are skipped.
  public static let isThere: Bool = {
    let path = PythonTool.package.appendingPathComponent(".venv/bin/dvc").path
    let isThere = FileManager.default.isExecutableFile(atPath: path)
    let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
    if !isThere, !isRequired {
      print(
        "skipped: tests that need DVC, because .venv has none; Scripts/python dvc puts it there")
    }
    return isThere || isRequired
  }()

  /// Runs a command of DVC in a folder and returns what it writes to standard output.
  ///
  /// - Throws: `PythonToolError` when it fails.
  public static func run(_ arguments: [String], in folder: URL) throws -> String {
    try PythonTool.run(
      script, arguments, environment: ["DVC_NO_ANALYTICS": "1", "DVC_TEST": "1"], in: folder)
  }

  private static let script = """
    import os, subprocess, sys
    dvc = os.path.join(os.path.dirname(sys.executable), "dvc")
    sys.exit(subprocess.run([dvc] + sys.argv[1:]).returncode)
    """
}
