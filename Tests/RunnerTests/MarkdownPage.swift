import Foundation
import Testing

/// A page of the documentation, as far as the tests look at it.
struct MarkdownPage: Sendable, CustomTestStringConvertible {
  /// A fenced block.
  struct Block {
    /// What stands behind the fence.
    let language: String
    /// The line of the fence, from 1.
    let line: Int
    /// The lines between the fences.
    let lines: [String]
  }

  /// The path from the folder of the repository.
  let path: String
  let lines: [String]
  let blocks: [Block]

  var testDescription: String { path }

  /// The folder of the repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// README.md and all pages of docs/.
  static let all: [MarkdownPage] = {
    let names = FileManager.default.enumerator(atPath: repository.appending(path: "docs").path)
    let pages = (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }
    return (["README.md"] + pages.sorted().map { "docs/" + $0 }).map(MarkdownPage.init(path:))
  }()

  init(path: String) {
    self.path = path
    let text = try? String(contentsOf: Self.repository.appending(path: path), encoding: .utf8)
    lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blocks: [Block] = []
    var open: (language: String, line: Int)?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      if let (language, start) = open {
        blocks.append(
          Block(language: language, line: start, lines: Array(lines[start..<index])))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), index + 1)
      }
    }
    self.blocks = blocks
  }

  /// The lines outside blocks, each with its number.
  var prose: [(number: Int, text: String)] {
    let fenced = blocks.flatMap { $0.line...($0.line + $0.lines.count + 1) }
    return lines.enumerated().map { ($0 + 1, $1) }.filter { !fenced.contains($0.0) }
  }

  /// The commands of the `sh` blocks as one script, which says to standard error which block begins.
  var script: String {
    blocks.filter { $0.language == "sh" }.map {
      "echo '\(path):\($0.line)' >&2\n" + $0.lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Where the links lead that stay in the repository.
  var links: [String] {
    prose.flatMap { line in
      line.text.matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
    }.filter { !$0.hasPrefix("http") }
  }
}
