extension Chart {
  /// What is drawn for a row, or through all rows.
  struct Mark: Encodable, Sendable {
    enum Kind: String, Encodable {
      case area, line, point, rect, rule, text
    }

    /// What a pointer shows, names in full length.
    struct Tooltip: Encodable {
      /// All that there is of a row.
      static let row = Tooltip(content: "data")

      /// What the mark shows.
      static let shown = Tooltip(content: "encoding")

      let content: String
    }

    let type: Kind
    var align: String?
    var baseline: String?
    var color: String?
    var opacity: Double?
    var fillOpacity: Double?
    var filled: Bool?
    var fontWeight: String?
    var limit: Double?
    var size: Double?
    var stroke: String?
    var strokeDash: [Double]?
    var strokeWidth: Double?
    var fontSize: Double?
    var text: String?
    var dx: Double?
    var dy: Double?
    var tooltip: Tooltip?

    /// From one end of an interval to the other.
    static let interval = Mark(type: .rule, strokeWidth: 2, tooltip: .row)

    static func point(size: Double, color: String? = nil) -> Mark {
      Mark(
        type: .point, color: color, opacity: 1, filled: true, size: size, tooltip: .row)
    }

    static func text(size: Double, bold: Bool = false) -> Mark {
      Mark(type: .text, fontWeight: bold ? "bold" : nil, fontSize: size)
    }

    /// The name of a line beside its end.
    static let lineLabel = Mark(type: .text, align: "left", limit: 150, fontSize: 11, dx: 9)

    /// A field of a matrix.
    static let field = field(nil)

    static func field(_ color: String?) -> Mark {
      Mark(type: .rect, color: color, stroke: "#DDDDDD", tooltip: .shown)
    }

    static func dashed(_ dash: [Double], _ type: Kind = .line, color: String) -> Mark {
      Mark(type: type, color: color, strokeDash: dash)
    }

    static func band(_ opacity: Double, color: String? = nil) -> Mark {
      Mark(type: .area, color: color, fillOpacity: opacity)
    }
  }
}
