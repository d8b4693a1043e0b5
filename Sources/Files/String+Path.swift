extension String {
  /// The folder that a path names something in: `a` of `a/b`, `/` of `/b`, nothing of `b`.
  ///
  /// Nothing is looked up, and `.` and `..` stay as they are. Foundation's `deletingLastPathComponent` traps on
  /// paths of one character.
  public var parentPath: String {
    guard let end = utf8.lastIndex(where: { $0 != .slash }) else { return isEmpty ? "" : "/" }
    guard let last = utf8[...end].lastIndex(of: .slash) else { return "" }
    let parent = utf8[..<last].lastIndex { $0 != .slash }.map { utf8[...$0] }
    return parent.flatMap { String($0) } ?? "/"
  }

  /// The path of something by this name in a folder; the name itself where no folder is named.
  public func inFolder(_ folder: String) -> String {
    folder.isEmpty ? self : folder.utf8.last == .slash ? folder + self : "\(folder)/\(self)"
  }
}

extension UInt8 {
  fileprivate static let slash = UInt8(ascii: "/")
}
