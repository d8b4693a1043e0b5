extension Chart {
  /// The places of a mark at which it shows something of a row.
  enum Place: String, Encodable, CodingKeyRepresentable, Sendable {
    case x, y, x2, y2, yOffset, color, shape, strokeDash, text, order, detail
  }

  /// What a place of a mark, or a facet, shows.
  struct Channel: Encodable, Sendable {
    /// How values are taken.
    enum Measure: String, Encodable {
      case quantitative, nominal
    }

    /// A scale from values to places, colours or shapes.
    struct Scale: Encodable {
      var type: String?
      var constant: Double?
      var zero: Bool?
      var nice: Bool?
      var domain: Literal?
      var range: Literal?
      var scheme: String?
    }

    /// An axis or a legend.
    struct Guide: Encodable {
      var format: String?
      var values: [Double]?
      var labelAngle: Double?
      var orient: String?
      var grid: Bool?
    }

    /// A value where an expression is true.
    struct Condition: Encodable {
      let test: String
      let value: String
    }

    var field: String?
    var type: Measure?
    /// The name of the field where it is nil.
    var title: Literal?
    var sort: [String]?
    var format: String?
    var axis: Guide?
    var legend: Guide?
    var scale: Scale?
    var condition: Condition?
    var value: String?

    static func number(
      _ field: String, _ title: String? = nil, format: String? = nil, axis: Guide? = nil,
      legend: Guide? = nil, scale: Scale? = nil
    ) -> Channel {
      Channel(
        field: field, type: .quantitative, title: title.map(Literal.text), format: format,
        axis: axis, legend: legend, scale: scale)
    }

    /// The other end of an interval, or a text as it is.
    static func end(_ field: String) -> Channel { Channel(field: field) }

    /// One of several words, in this order.
    static func word(
      _ field: String, _ title: Literal = .none, _ order: [String]? = nil, axis: Guide? = nil
    ) -> Channel {
      Channel(field: field, type: .nominal, title: title, sort: order, axis: axis)
    }

    /// One of several words, told apart by the palette.
    static func series(
      _ place: Place, _ field: String, _ title: String, _ words: [String]
    ) -> Channel {
      let range: Literal =
        switch place {
        case .shape: .texts(Theme.shapes)
        case .strokeDash: .lists(Theme.dashes)
        default: .texts(Theme.colors)
        }
      return Channel(
        field: field, type: .nominal, title: .text(title),
        scale: Scale(domain: .texts(words), range: range))
    }

    /// A colour for all rows, or another for those for which an expression is true.
    static func constant(_ value: String, _ other: String, where test: String) -> Channel {
      Channel(condition: Condition(test: test, value: other), value: value)
    }
  }
}
