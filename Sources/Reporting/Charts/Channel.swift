extension Chart {
  /// The places of a mark at which it shows something of a row.
  enum Place: String, Encodable, CodingKeyRepresentable, Sendable {
    case x, y, x2, y2, yOffset, color, shape, text, order, detail
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
      var interpolate: String?
      var clamp: Bool?
    }

    /// An axis or a legend.
    struct Guide: Encodable {
      var format: String?
      var values: [Double]?
      var labelAngle: Double?
      var labelFontSize: Double?
      var labelLimit: Double?
      /// Whether labels at the ends stay within the axis, beside their ticks.
      var labelFlush: Bool?
      /// How labels that have no room are left out.
      var labelOverlap: String?
      var orient: String?
      var grid: Bool?
      var tickCount: Int?
    }

    /// A legend, or none where what it would say is said beside the marks.
    enum Legend: Encodable {
      case guide(Guide)
      case hidden

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .guide(let guide): try container.encode(guide)
        case .hidden: try container.encodeNil()
        }
      }
    }

    /// A value where an expression is true.
    struct Condition: Encodable {
      let test: String
      let value: String
    }

    /// How a facet is named.
    struct Header: Encodable {
      var labelAngle: Int?
      var labelAlign: String?
      var labelAnchor: String?
      var labelLimit: Int?
      var orient: String?
    }

    var field: String?
    var type: Measure?
    /// The name of the field where it is nil.
    var title: Literal?
    var sort: [String]?
    var format: String?
    var axis: Guide?
    var legend: Legend?
    var header: Header?
    var scale: Scale?
    var condition: Condition?
    var value: String?

    static func number(
      _ field: String, _ title: String? = nil, format: String? = nil, axis: Guide? = nil,
      legend: Guide? = nil, scale: Scale? = nil
    ) -> Channel {
      Channel(
        field: field, type: .quantitative, title: title.map(Literal.text), format: format,
        axis: axis, legend: legend.map(Legend.guide), scale: scale)
    }

    /// The other end of an interval, or a text as it is.
    static func end(_ field: String) -> Channel { Channel(field: field) }

    /// One of several words, in this order.
    static func word(
      _ field: String, _ title: Literal = .none, _ order: [String]? = nil, axis: Guide? = nil
    ) -> Channel {
      Channel(field: field, type: .nominal, title: title, sort: order, axis: axis)
    }

    /// The words that facets are of, in this order, each beside its row of facets.
    static func rows(_ field: String, _ title: Literal, _ order: [String]) -> Channel {
      var channel = word(field, title, order)
      channel.header = Header(labelAngle: 0, labelAlign: "left", labelLimit: 150)
      return channel
    }

    /// One of several words, told apart by these colours or shapes.
    static func series(
      _ field: String, _ title: String, _ words: [String], _ range: Literal, legend: Legend? = nil
    ) -> Channel {
      Channel(
        field: field, type: .nominal, title: .text(title), legend: legend,
        scale: Scale(domain: .texts(words), range: range))
    }

    /// A colour for all rows, or another for those for which an expression is true.
    static func constant(_ value: String, _ other: String, where test: String) -> Channel {
      Channel(condition: Condition(test: test, value: other), value: value)
    }
  }
}
