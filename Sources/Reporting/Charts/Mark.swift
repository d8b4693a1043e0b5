extension Chart {
  /// What is drawn for a row, or through all rows.
  struct Mark: Encodable, Sendable {
    /// The kind of mark.
    enum Kind: String, Encodable {
      case area, line, point, rect, rule, text
    }

    let type: Kind
    var color: String?
    var opacity: Double?
    var fillOpacity: Double?
    var filled: Bool?
    var size: Double?
    var stroke: String?
    var strokeDash: [Double]?
    var strokeWidth: Double?
    var fontSize: Double?
    var text: String?
    var dx: Double?
    var tooltip: Bool?

    init(_ type: Kind) { self.type = type }

    /// The interval of a number.
    static var interval: Mark {
      var mark = Mark(.rule)
      mark.strokeWidth = 2
      return mark
    }

    /// A number with its shape.
    static func point(size: Double) -> Mark {
      var mark = Mark(.point)
      (mark.filled, mark.size, mark.opacity, mark.tooltip) = (true, size, 1, true)
      return mark
    }

    /// Text in a field.
    static func text(size: Double) -> Mark {
      var mark = Mark(.text)
      mark.fontSize = size
      return mark
    }

    /// A field of a matrix.
    static var field: Mark {
      var mark = Mark(.rect)
      (mark.stroke, mark.tooltip) = ("white", true)
      return mark
    }

    /// A line in dashes.
    static func dashed(_ dash: [Double], _ type: Kind = .line, color: String) -> Mark {
      var mark = Mark(type)
      (mark.strokeDash, mark.color) = (dash, color)
      return mark
    }

    /// A band around a line.
    static func band(_ opacity: Double, color: String? = nil) -> Mark {
      var mark = Mark(.area)
      (mark.fillOpacity, mark.color) = (opacity, color)
      return mark
    }
  }
}
