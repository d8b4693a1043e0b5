import Foundation

/// A file system in memory, which takes the rights of an administrator to make.
enum SmallDisk {
  /// Whether one can be made here.
  static let isAvailable = (try? with(byteCount: 65_536) { _ in true }) ?? false

  /// Calls `body` with the folder of a new file system of that size and removes it afterwards.
  static func with<Result>(byteCount: Int, _ body: (String) throws -> Result) throws -> Result {
    try withStorePath { path in
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false)
      try run("mount", "-t", "tmpfs", "-o", "size=\(byteCount)", "tmpfs", path)
      defer { try? run("umount", path) }
      return try body(path)
    }
  }

  /// Lets nothing be written to it any more.
  static func freeze(_ folder: String) throws {
    try run("mount", "-o", "remount,ro", folder)
  }

  private struct Failed: Error {}

  private static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failed() }
  }
}
