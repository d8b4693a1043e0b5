import Dispatch
import Foundation

/// Turns Vega-Lite specifications into pictures, by the Python package vl-convert.
///
/// It works offline. Where the package is missing, charts stay specifications.
public struct ChartRenderer: Sendable {
  /// What to say where pictures cannot be made.
  public static let advice =
    "for pictures of the charts: python3 -m venv .venv && .venv/bin/pip install vl-convert-python"

  private let interpreters: [String]

  /// A renderer that looks for Python in `.venv` of the working folder and of the folders around the
  /// program, and at last on the path; or uses that of `HEMLOCK_PYTHON` and no other.
  public init(environment: [String: String]) {
    if let chosen = environment["HEMLOCK_PYTHON"] {
      interpreters = [chosen]
      return
    }
    var folders = [URL(fileURLWithPath: FileManager.default.currentDirectoryPath)]
    // The program is at .build/PLATFORM/release/runner of the checkout.
    var around = Bundle.main.executableURL?.resolvingSymlinksInPath()
    for _ in 0..<4 {
      around = around?.deletingLastPathComponent()
      if let around { folders.append(around) }
    }
    interpreters =
      (folders.map { $0.appendingPathComponent(".venv/bin/python").path }
      + (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" })
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The pictures of specifications, in their order; nil where there is no renderer, or it fails.
  ///
  /// - Complexity: About a second for the first, a tenth for each that follows.
  public func pictures(of specifications: [String]) -> [Picture]? {
    guard !specifications.isEmpty else { return [] }
    let files = specifications.enumerated().map { ("\($0.offset).vl.json", $0.element) }
    return make(files) { file in
      specifications.indices.compactMap { index in
        guard let svg = file("\(index).svg"), let png = file("\(index).png") else { return nil }
        return Picture(svg: Array(svg), png: Array(png))
      }
    }.flatMap { $0.count == specifications.count ? $0 : nil }
  }

  /// Programs for a web page that draws charts, with `snippet` run at their end, in which `vegaEmbed` is
  /// known; nil where there is no renderer.
  public func bundle(_ snippet: String) -> String? {
    make([("snippet.js", snippet)]) { file in
      file("bundle.js").map { String(decoding: $0, as: UTF8.self) }
    } ?? nil
  }

  /// Reads what the first interpreter that can makes of files in a folder of their own.
  private func make<Made>(
    _ files: [(name: String, text: String)], read: ((String) -> Data?) -> Made
  ) -> Made? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hemlock-charts-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in files {
        try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
      }
    } catch {
      return nil
    }
    var tried: Set<String> = []
    for interpreter in interpreters where tried.insert(interpreter).inserted {
      guard run(interpreter, in: folder) else { continue }
      return read { try? Data(contentsOf: folder.appendingPathComponent($0)) }
    }
    return nil
  }

  /// Whether an interpreter has the package and has made everything.
  private func run(_ interpreter: String, in folder: URL) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = ["-c", Self.script]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return false }
    guard ended.wait(timeout: .now() + Self.limitSeconds) == .success else {
      process.terminate()
      return false
    }
    return process.terminationStatus == 0
  }

  /// Far more than a hundred pictures need.
  private static let limitSeconds = 300.0

  private static let script = """
    import pathlib
    import vl_convert
    # Sorted, because what is inside an SVG counts on from one to the next.
    for chart in sorted(pathlib.Path(".").glob("*.vl.json")):
        text = chart.read_text(encoding="utf-8")
        name = chart.name.removesuffix(".vl.json")
        svg = vl_convert.vegalite_to_svg(text, vl_version="5.21")
        pathlib.Path(name + ".svg").write_text(svg, encoding="utf-8")
        png = vl_convert.vegalite_to_png(text, vl_version="5.21", scale=2)
        pathlib.Path(name + ".png").write_bytes(png)
    snippet = pathlib.Path("snippet.js")
    if snippet.exists():
        code = vl_convert.javascript_bundle(snippet.read_text(encoding="utf-8"), vl_version="6.1")
        pathlib.Path("bundle.js").write_text(code, encoding="utf-8")
    """
}
