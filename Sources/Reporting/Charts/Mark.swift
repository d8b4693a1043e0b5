extension Chart {
  /// What is drawn for a row, or through all rows.
  struct Mark: Encodable, Sendable {
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

    static let interval = Mark(type: .rule, strokeWidth: 2)

    static func point(size: Double, color: String? = nil) -> Mark {
      Mark(type: .point, color: color, opacity: 1, filled: true, size: size, tooltip: true)
    }

    static func text(size: Double) -> Mark { Mark(type: .text, fontSize: size) }

    /// A field of a matrix.
    static let field = Mark(type: .rect, stroke: "white", tooltip: true)

    static func dashed(_ dash: [Double], _ type: Kind = .line, color: String) -> Mark {
      Mark(type: type, color: color, strokeDash: dash)
    }

    static func band(_ opacity: Double, color: String? = nil) -> Mark {
      Mark(type: .area, color: color, fillOpacity: opacity)
    }
  }
}
