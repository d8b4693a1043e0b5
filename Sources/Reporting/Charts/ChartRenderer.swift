import Files
import Foundation

/// Turns Vega-Lite specifications into pictures, by the Python package vl-convert.
///
/// It works offline. Where the package is missing, charts stay specifications.
public struct ChartRenderer: Sendable {
  private static let variable = "HEMLOCK_PYTHON"

  /// What to say where pictures cannot be made.
  public static var advice: String {
    guard let chosen = ProcessInfo.processInfo.environment[variable] else {
      return "for pictures of the charts: python3 -m venv .venv && .venv/bin/pip install "
        + "vl-convert-python, then \(variable)=.venv/bin/python"
    }
    return
      "\(variable) is \(chosen), which makes no pictures of the charts; it must be a Python with "
      + "vl-convert (PYTHON -m pip install vl-convert-python)"
  }

  private let interpreter: String?

  /// A renderer that uses the Python of `HEMLOCK_PYTHON`, or that in `.venv` of the checkout in which
  /// the program was built.
  ///
  /// None is looked for in the working folder, whose files may be anybody's.
  public init(environment: [String: String]) {
    interpreter = environment[Self.variable] ?? Self.ownInterpreter
  }

  /// The Python beside the folder `.build` that the program lies in, or beside the program.
  private static var ownInterpreter: String? {
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    var folder = program.deletingLastPathComponent()
    while folder.pathComponents.count > 1, !folder.lastPathComponent.hasPrefix(".build") {
      folder = folder.deletingLastPathComponent()
    }
    let place = (folder.pathComponents.count > 1 ? folder : program).deletingLastPathComponent()
    let python = place.appendingPathComponent(".venv/bin/python").path
    return FileManager.default.isExecutableFile(atPath: python) ? python : nil
  }

  /// The pictures of specifications, in their order; nil where there is no renderer, or it fails.
  ///
  /// - Complexity: About a second for the first, a tenth for each that follows.
  public func pictures(of specifications: [String]) -> [Picture]? {
    guard !specifications.isEmpty else { return [] }
    let names = specifications.indices.map { "\($0).vl.json" }
    return run(on: Array(zip(names, specifications))) { folder in
      let pictures = specifications.indices.compactMap { index -> Picture? in
        let file = { (suffix: String) in
          try? Data(contentsOf: folder.appendingPathComponent("\(index).\(suffix)"))
        }
        guard let svg = file("svg"), let png = file("png"), let pdf = file("pdf") else {
          return nil
        }
        return Picture(svg: Array(svg), png: Array(png), pdf: Array(pdf))
      }
      return pictures.count == specifications.count ? pictures : nil
    }
  }

  /// Programs for a web page that draws charts, with `snippet` run at their end, in which `vegaEmbed` is
  /// known; nil where there is no renderer.
  public func bundle(_ snippet: String) -> String? {
    run(on: [("snippet.js", snippet)]) { folder in
      (try? Data(contentsOf: folder.appendingPathComponent("bundle.js")))
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// What is read from a folder where Python has found some files and made others.
  private func run<Made>(
    on files: [(name: String, text: String)], reading made: (URL) -> Made?
  ) -> Made? {
    guard let interpreter, let folder = try? TemporaryFolder() else { return nil }
    return withExtendedLifetime(folder) {
      let written: Void? = try? files.forEach { file in
        try Data(file.text.utf8).write(to: folder.url.appendingPathComponent(file.name))
      }
      guard written != nil else { return nil }
      let output = ChildProcess.output(
        of: interpreter, ["-c", Self.script], in: folder.url, limitSeconds: Self.limitSeconds)
      return output == nil ? nil : made(folder.url)
    }
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
        pathlib.Path(name + ".pdf").write_bytes(vl_convert.svg_to_pdf(svg))
    snippet = pathlib.Path("snippet.js")
    if snippet.exists():
        code = vl_convert.javascript_bundle(snippet.read_text(encoding="utf-8"), vl_version="6.1")
        pathlib.Path("bundle.js").write_text(code, encoding="utf-8")
    """
}
