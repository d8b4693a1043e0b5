import Foundation
import Testing

/// README and docs/: what they say can be pasted, in order, in an empty folder.
struct DocumentationTests {
  @Test func hasPages() {
    #expect(MarkdownPage.all.count > 20)
    #expect(MarkdownPage.all.allSatisfy { !$0.lines.isEmpty && $0.lines[0].hasPrefix("# ") })
  }

  @Test(arguments: MarkdownPage.all.filter { !$0.script.isEmpty })
  func runsItsCommands(of page: MarkdownPage) throws {
    try withTemporaryFolder { folder in
      let program = try StartedRunner.program().deletingLastPathComponent().path
      let run = try RunnerProcess(
        shell: "PATH=\"\(program):$PATH\"\nset -e\n" + page.script, in: folder)
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  /// What commands read has been made before, in blocks that are not run too.
  @Test(arguments: MarkdownPage.all)
  func namesFilesThatAreThere(in page: MarkdownPage) throws {
    let made = /(?:--(?:output|store|export|infer)[ =]|> ?)([\w.\/-]+)/
    let file = /(?:^|[\s=])([\w\/-]+\.(?:csv|sqlite|yaml|json|onnx))(?=\s|$)/
    // Stores that commands make without being told.
    var known: Set<String> = []
    for block in page.blocks where ["sh", "text"].contains(block.language) {
      for line in block.lines {
        let command = line.prefix { $0 != "#" }
        for match in command.matches(of: made) { known.insert(String(match.1)) }
        known.formUnion(Self.outputs(of: String(command)))
        for match in command.matches(of: file) {
          // Of several data sets each has a store with its name.
          let plain = String(match.1).replacing(/-[a-z]+(?=\.sqlite$)/, with: "")
          #expect(
            known.contains(String(match.1)) || known.contains(plain),
            "\(page.path):\(block.line): \(match.1)")
        }
      }
    }
  }

  /// The files that a command line makes where it does not name them.
  private static func outputs(of line: String) -> [String] {
    let plan = line.firstMatch(of: /(\w+)\.yaml/).map { "\($0.1).sqlite" }
    if line.contains("runner sweep") { return [plan ?? "sweep.sqlite"] }
    if line.contains("runner curves") {
      let preset = line.firstMatch(of: /--preset ([\w-]+)/).map { "-\($0.1)" }
      return ["curves\(preset ?? "").sqlite"]
    }
    let results = line.firstMatch(of: /--results ([\w\/-]+)/).map { String($0.1) }
    if line.contains("runner experiment") { return ["\(results ?? "results")/study.sqlite"] }
    return []
  }

  @Test(arguments: MarkdownPage.all)
  func staysShort(page: MarkdownPage) {
    // The last line ends in a line break.
    #expect(page.lines.count - 1 <= (page.path == "README.md" ? 150 : 300))
  }

  @Test(arguments: MarkdownPage.all)
  func hasNarrowTables(page: MarkdownPage) {
    let rows = page.prose.filter { $0.text.hasPrefix("|") }.map { row in
      // As it is shown: of links the text, of code without the quotes.
      (row.number, row.text.replacing(/\]\([^)]+\)/, with: "").replacing(/[`\[\\]/, with: ""))
    }
    let printed = page.blocks.filter { $0.language != "text" }.flatMap { block in
      block.lines.enumerated().map { (block.line + $0 + 1, $1) }
    }
    for (number, text) in rows + printed {
      #expect(text.count <= 100, "\(page.path):\(number)")
    }
  }

  @Test(arguments: MarkdownPage.all)
  func leadsSomewhere(page: MarkdownPage) {
    let folder = MarkdownPage.repository.appending(path: page.path).deletingLastPathComponent()
    for link in page.links {
      let target = folder.appending(path: link.prefix { $0 != "#" })
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page.path): \(link)")
    }
  }

  /// Every page can be found from the index.
  @Test func indexesEveryPage() {
    let index = MarkdownPage.all.first { $0.path == "docs/README.md" }
    let linked = Set(index?.links.map { "docs/" + $0 } ?? [])
    for page in MarkdownPage.all where !["README.md", "docs/README.md"].contains(page.path) {
      #expect(linked.contains(page.path), "\(page.path)")
    }
  }

  /// Blocks say what they are, and those that are not run say why.
  @Test(arguments: MarkdownPage.all)
  func fencesItsBlocks(in page: MarkdownPage) {
    let languages: Set = ["sh", "text", "console", "yaml", "python", "swift"]
    for block in page.blocks {
      #expect(languages.contains(block.language), "\(page.path):\(block.line)")
      guard block.language == "text" else { continue }
      #expect(
        page.lines[block.line - 2].hasPrefix("<!-- Not run "), "\(page.path):\(block.line)")
    }
    #expect(page.lines.count { $0.hasPrefix("```") } == 2 * page.blocks.count)
  }

  @Test(arguments: [("attacks", "attacks"), ("defenses", "defences"), ("data", "data-sets")])
  func describesTheCatalogue(command: String, page: String) throws {
    struct Entry: Decodable { let name: String }
    let listed = try withTemporaryFolder { try RunnerProcess([command, "--json"], in: $0) }
    let text = MarkdownPage(path: "docs/reference/\(page).md").lines.joined(separator: "\n")
    for entry in try listed.json(as: [Entry].self) {
      #expect(text.contains("| `\(entry.name)` |"), "\(entry.name)")
    }
  }

  @Test func listsEveryCommand() throws {
    let help = try withTemporaryFolder { try RunnerProcess(["--help"], in: $0) }
    let section = help.output.split(separator: "SUBCOMMANDS:")[1]
    let text = MarkdownPage(path: "docs/reference/commands.md").lines.joined(separator: "\n")
    for match in section.matches(of: /\n  ([a-z]+)\s/) {
      #expect(text.contains("| `runner \(match.1)` |"), "\(match.1)")
    }
  }
}
