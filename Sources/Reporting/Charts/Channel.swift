extension Chart {
  /// The places of a mark at which it shows something of a row.
  enum Place: String, Encodable, CodingKeyRepresentable, Sendable {
    case x, y, x2, y2, yOffset, color, shape, strokeDash, opacity, text, order, detail
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
      var domain: Domain?
      var range: Range?
      var scheme: String?
    }

    /// Values that a scale begins with.
    enum Domain: Encodable {
      case texts([String])
      case numbers([Double])

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .texts(let texts): try container.encode(texts)
        case .numbers(let numbers): try container.encode(numbers)
        }
      }
    }

    /// What a scale ends with.
    enum Range: Encodable {
      case texts([String])
      case dashes([[Double]])

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .texts(let texts): try container.encode(texts)
        case .dashes(let dashes): try container.encode(dashes)
        }
      }
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
    /// Empty for none, where nil stands for the name of the field.
    var title: String?
    var sort: [String]?
    var format: String?
    var axis: Guide?
    var legend: Guide?
    var scale: Scale?
    /// Whether values are colours themselves.
    var isColor = false
    var condition: Condition?
    var value: String?

    /// A number of each row.
    static func number(
      _ field: String, _ title: String? = nil, axis: Guide? = nil, scale: Scale? = nil
    )
      -> Channel
    {
      Channel(field: field, type: .quantitative, title: title, axis: axis, scale: scale)
    }

    /// The other end of an interval.
    static func end(_ field: String) -> Channel { Channel(field: field) }

    /// One of several words, in this order.
    static func word(_ field: String, _ title: String = "", _ order: [String]? = nil) -> Channel {
      Channel(field: field, type: .nominal, title: title, sort: order)
    }

    /// One of several words, told apart by the palette.
    static func series(_ place: Place, _ field: String, _ title: String, _ words: [String])
      -> Channel
    {
      let range: Range =
        switch place {
        case .shape: .texts(Theme.shapes)
        case .strokeDash: .dashes(Theme.dashes)
        default: .texts(Theme.colors)
        }
      return Channel(
        field: field, type: .nominal, title: title,
        scale: Scale(domain: .texts(words), range: range))
    }

    /// A value for all rows, or for those for which an expression is not true.
    static func constant(_ value: String, _ other: String, where test: String) -> Channel {
      Channel(condition: Condition(test: test, value: other), value: value)
    }

    private enum CodingKeys: String, CodingKey {
      case field, type, title, sort, format, axis, legend, scale, condition, value
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(field, forKey: .field)
      try container.encodeIfPresent(type, forKey: .type)
      if title == "" {
        try container.encodeNil(forKey: .title)
      } else {
        try container.encodeIfPresent(title, forKey: .title)
      }
      try container.encodeIfPresent(sort, forKey: .sort)
      try container.encodeIfPresent(format, forKey: .format)
      try container.encodeIfPresent(axis, forKey: .axis)
      try container.encodeIfPresent(legend, forKey: .legend)
      if isColor {
        try container.encodeNil(forKey: .scale)
      } else {
        try container.encodeIfPresent(scale, forKey: .scale)
      }
      try container.encodeIfPresent(condition, forKey: .condition)
      try container.encodeIfPresent(value, forKey: .value)
    }
  }
}
