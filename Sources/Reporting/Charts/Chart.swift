/// A picture by the grammar of Vega-Lite: data, marks, and what of the data each place of a mark shows.
///
/// Any Vega editor shows its `specification`, and `ChartRenderer` makes pictures of it.
package struct Chart: Sendable {
  var title: String?

  /// What is drawn, or drawn again in each facet.
  var view: View

  var facet: Facet?

  /// What a reader of a page may choose.
  var choices: [Choice] = []

  init(_ title: String? = nil, _ view: View, facet: Facet? = nil, choices: [Choice] = []) {
    (self.title, self.view, self.facet, self.choices) = (title, view, facet, choices)
  }

  /// The chart as JSON, keys sorted: equal charts are equal texts.
  package var specification: String { JSONText.of(self, keepsKeys: true) }
}

extension Chart: Encodable {
  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case title, data, transform, params, facet, spec, resolve, config
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("https://vega.github.io/schema/vega-lite/v5.json", forKey: .schema)
    try container.encodeIfPresent(title, forKey: .title)
    try container.encode(Theme(), forKey: .config)
    if !choices.isEmpty { try container.encode(choices, forKey: .params) }
    guard let facet else { return try view.encode(to: encoder) }
    // Data and filters are those of all facets.
    var inner = view
    (inner.data, inner.transform) = (nil, nil)
    try container.encodeIfPresent(view.data, forKey: .data)
    try container.encodeIfPresent(view.transform, forKey: .transform)
    try container.encode(facet, forKey: .facet)
    try container.encode(inner, forKey: .spec)
    if let independent = facet.independent {
      try container.encode(["scale": [independent: "independent"]], forKey: .resolve)
    }
  }
}

extension Chart {
  /// A mark and what it shows, or several over each other.
  struct View: Encodable, Sendable {
    /// Rows as objects with a member for each column.
    struct Rows: Encodable {
      let values: [[String: Table.Scalar]]

      init(_ table: Table) {
        let keys = table.keys
        values = table.scalars.map { Dictionary(zip(keys, $0)) { first, _ in first } }
      }
    }

    var width: Literal?
    var height: Literal?
    var data: Rows?
    /// What rows are taken by: expressions that are true of them.
    var transform: [[String: String]]?
    var mark: Mark?
    var encoding: [Place: Channel]
    var layer: [View]?

    init(
      _ mark: Mark?, _ encoding: [Place: Channel], data: Table? = nil, where filter: String? = nil
    ) {
      (self.mark, self.encoding) = (mark, encoding)
      self.data = data.map(Rows.init)
      transform = filter.map { [["filter": $0]] }
    }

    /// Views over each other, with what they have in common.
    init(
      _ layer: [View], _ encoding: [Place: Channel] = [:], data: Table, where filter: String? = nil,
      width: Literal, height: Literal
    ) {
      self.init(nil, encoding, data: data, where: filter)
      (self.layer, self.width, self.height) = (layer, width, height)
    }
  }

  /// The same view for each value of a column, side by side or below each other.
  struct Facet: Encodable, Sendable {
    var row: Channel?
    var column: Channel?
    /// The scale that each facet has for itself.
    var independent: String?

    private enum CodingKeys: String, CodingKey {
      case row, column
    }
  }

  /// A choice that filters go by.
  struct Choice: Encodable, Sendable {
    struct Menu: Encodable {
      let input = "select"
      let name: String
      let options: [String]
    }

    let name: String
    let value: String
    let bind: Menu

    init(_ name: String, _ title: String, _ values: [String], chosen: String? = nil) {
      self.name = name
      value = chosen ?? values.first ?? ""
      bind = Menu(name: title + " ", options: values)
    }
  }
}
