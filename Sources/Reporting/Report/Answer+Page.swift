import Files
import Foundation

extension Answer {
  /// The answer as one HTML file that needs nothing else: its heading as title and what stands below it,
  /// sections, pictures, and the programs that make them answer.
  ///
  /// Without JavaScript and in print it shows the pictures and all numbers; with it, charts have tooltips and
  /// choices. Charts are on white paper, in the dark too, where their colours keep their contrast. `pictures` are those of the figures by name, `bundle` the charts' programs, both
  /// where there is a renderer.
  package func page(pictures: [String: Picture], bundle: String?) -> String {
    let program = bundle.map(HTML.script(program:))
    let title = HTML.escaped(heading.first ?? "")
    let body = sections.enumerated().map { index, section in
      "<section id=\"s\(index)\"><h2>\(HTML.escaped(section.title))</h2>\n"
        + section.blocks.map { html($0, pictures) }.joined(separator: "\n") + "</section>"
    }.joined(separator: "\n")
    let contents = sections.enumerated().map {
      "<a href=\"#s\($0)\">\(HTML.escaped($1.title))</a>"
    }.joined(separator: " ")
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy(program))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <link rel="icon" href="data:,">
      <style>\(Self.style)</style>
      </head>
      <body>
      <header><h1>\(title)</h1>\(HTML.paragraphs(Array(heading.dropFirst())))</header>
      <nav aria-label="sections">\(contents)</nav>
      <main>
      \(body)
      </main>
      \(program.map(scripts) ?? "")
      </body>
      </html>

      """
  }

  /// Figures alone as such a page; nil without pictures of them, or where there is no renderer.
  package static func page(
    of figures: [Figure], title: String, pictures: [Picture]?, _ renderer: ChartRenderer
  ) -> String? {
    guard let pictures, let section = Section("Charts", figures: figures),
      let bundle = renderer.bundle(pageSnippet)
    else { return nil }
    let named = Dictionary(zip(figures.map(\.name), pictures)) { first, _ in first }
    return Answer(heading: [title], [section]).page(pictures: named, bundle: bundle)
  }

  /// What a browser may do with the page: run the one program it has, by its hash, and load nothing.
  ///
  /// Charts set styles of their own, so styles are not named one by one.
  private static func policy(_ program: String?) -> String {
    let hash = program.map { Data(Digest.hash(Array($0.utf8))).base64EncodedString() }
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
      + "form-action 'none'" + (hash.map { "; script-src 'sha256-\($0)'" } ?? "")
  }

  private func html(_ block: Block, _ pictures: [String: Picture]) -> String {
    switch block {
    case .text(let texts): HTML.paragraphs(texts)
    case .summary(let texts): "<div class=\"answer\">\(HTML.paragraphs(texts))</div>"
    case .hint: ""
    case .table(let table): table.html
    case .figure(let figure): html(figure, pictures[figure.name])
    case .details(let title, let texts):
      "<details><summary>\(HTML.escaped(title))</summary>\(HTML.paragraphs(texts))</details>"
    }
  }

  private func html(_ figure: Figure, _ picture: Picture?) -> String {
    let still =
      picture.map { String(decoding: $0.svg, as: UTF8.self) }
      ?? "<p class=\"note\">No renderer was there to draw this; its numbers are in "
      + "\(figure.name).csv, and any Vega editor shows \(figure.name).vl.json.</p>"
    let caption = HTML.escaped(figure.caption)
    return """
      <figure>
      <div class="chart" id="\(figure.name)" role="img" aria-label="\(caption)">\(still)</div>
      <figcaption>\(caption) Numbers: <code>\(figure.name).csv</code>.</figcaption>
      </figure>
      """
  }

  private func scripts(_ program: String) -> String {
    let specifications = figures.map { figure in
      // The bundle has the version that follows.
      let text = figure.interactive.specification.replacing(
        "vega-lite/v5.json", with: "vega-lite/v6.json", maxReplacements: 1)
      return "<script type=\"application/json\" id=\"\(figure.name)-spec\">"
        + HTML.script(json: text) + "</script>"
    }.joined(separator: "\n")
    return """
      \(specifications)
      <script type="module">\(program)</script>
      """
  }

  /// What the bundle is to do with the charts of the page.
  static let pageSnippet = """
    for (const element of document.querySelectorAll(".chart")) {
      const text = document.getElementById(element.id + "-spec").textContent;
      const options = {mode: "vega-lite", renderer: "svg", logLevel: 1, ast: true,
        actions: {export: true, source: false, compiled: false, editor: false}};
      vegaEmbed(element, JSON.parse(text), options).then(
        () => element.classList.add("live"), error => console.error(element.id, error));
    }
    """

  private static let style = """
    :root { --ink: #1b1f24; --soft: #57606a; --paper: #fff; --line: #d0d7de; --accent: #0b6bcb; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --soft: #9aa4af; --paper: #0d1117; --line: #30363d; --accent: #6cb6ff; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 62rem; padding: 1rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
    header p, figcaption, .note { color: var(--soft); }
    nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .9rem; }
    a { color: var(--accent); }
    .answer p { font-size: 1.1rem; border-left: 4px solid var(--accent); padding-left: .8rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .2rem .6rem .2rem 0; text-align: left; white-space: nowrap;
      border-bottom: 1px solid var(--line); }
    .number { text-align: right; }
    figure { margin: 1rem 0; }
    .chart { overflow-x: auto; width: 100%; padding: .5rem; border-radius: 4px; background: #fff;
      color: #1b1f24; }
    .chart svg { max-width: 100%; height: auto; }
    .chart.live svg { max-width: none; }
    .vega-bindings { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .3rem 0; }
    .vega-bind-name { margin-right: .4rem; color: #57606a; }
    code { font-size: .85em; overflow-wrap: anywhere; }
    details p { overflow-wrap: anywhere; }
    @media print {
      :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --accent: #000; }
      nav, .vega-bindings, details { display: none; }
      body { max-width: none; font-size: 11px; }
      figure, tr { break-inside: avoid; }
      .wide, .chart { overflow: visible; }
    }
    """
}
