import Foundation
import FoundationXML
import Reporting

/// What a picture shows, read from its SVG: marks at their places and the colours they are filled with.
struct Drawing {
  /// An element that is drawn.
  struct Mark {
    /// Vega's word for what it is, such as `symbol`, `rule`, `line`, `rect` or `text`.
    let kind: String
    /// Vega's word for what it is there for: `mark` for data, or such as `axis-label`.
    let role: String
    /// Where its own coordinates begin.
    let x: Double
    let y: Double
    /// How far it reaches from there, right and down.
    let width: Double
    let height: Double
    let fill: Chart.Color?
    let stroke: Chart.Color?
    let text: String
    /// The number of the group of marks that it is of: one for each layer of each panel.
    let group: Int
  }

  /// How wide the picture is, in points of a screen.
  let width: Double

  /// All marks that can be seen, in the order in which they are drawn.
  let marks: [Mark]

  init(_ svg: [UInt8]) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    (marks, width) = (reader.marks, reader.width)
  }

  /// The marks of data of one kind.
  func data(_ kind: String) -> [Mark] { marks.filter { $0.kind == kind && $0.role == "mark" } }

  /// The texts of a role, such as the labels of axes.
  func texts(_ role: String) -> [String] { marks.filter { $0.role == role }.map(\.text) }

  /// Each text with its contrast to what lies under its anchor: the last filled rectangle before it there.
  var contrasts: [(text: String, contrast: Double)] {
    marks.indices.filter { marks[$0].kind == "text" }.map { index in
      let text = marks[index]
      // Texts stand on their anchors; their middle is above.
      let (x, y) = (text.x, text.y - 3)
      let under = marks[..<index].last { mark in
        mark.kind == "rect" && mark.fill != nil && mark.x <= x && x <= mark.x + mark.width
          && mark.y <= y && y <= mark.y + mark.height
      }
      let paper = under?.fill ?? Chart.Color("#FFFFFF")
      return (text.text, (text.fill ?? Chart.Color("#000000")).contrast(with: paper))
    }
  }
}

private final class Reader: NSObject, XMLParserDelegate {
  private(set) var marks: [Drawing.Mark] = []
  private(set) var width = 0.0
  private var places: [(x: Double, y: Double)] = [(0, 0)]
  private var groups: [(kind: String, role: String)] = [("", "")]
  private var groupCount = 0
  private var text: String?

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if element == "svg" { width = Double(attributes["width"] ?? "") ?? 0 }
    let (x, y) = places[places.count - 1]
    let shift = Self.numbers(attributes["transform"] ?? "").prefix(2)
    let place = shift.count == 2 ? (x: x + shift[0], y: y + shift[1]) : (x: x, y: y)
    places.append(place)
    var group = groups[groups.count - 1]
    let words = (attributes["class"] ?? "").split(separator: " ").map(String.init)
    if let kind = words.first(where: { $0.hasPrefix("mark-") }),
      let role = words.first(where: { $0.hasPrefix("role-") })
    {
      group = (String(kind.dropFirst(5)), String(role.dropFirst(5)))
      groupCount += 1
    }
    groups.append(group)
    guard ["path", "line", "text"].contains(element), !words.contains("background"),
      !words.contains("foreground"), attributes["opacity"] != "0", attributes["display"] != "none"
    else { return }
    if element == "text" { text = "" }
    var (origin, size) = (place, (width: 0.0, height: 0.0))
    if element == "line" {
      size = (Double(attributes["x2"] ?? "") ?? 0, Double(attributes["y2"] ?? "") ?? 0)
    } else if group.kind == "rect" {
      // M x,y h width v height h −width Z
      let numbers = Self.numbers(attributes["d"] ?? "")
      if numbers.count >= 4 {
        origin = (place.x + numbers[0], place.y + numbers[1])
        size = (numbers[2], numbers[3])
      }
    }
    marks.append(
      Drawing.Mark(
        kind: group.kind, role: group.role, x: origin.x, y: origin.y, width: size.width,
        height: size.height, fill: Self.color(attributes["fill"]),
        stroke: Self.color(attributes["stroke"]), text: "", group: groupCount))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if text != nil { text? += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    places.removeLast()
    groups.removeLast()
    guard element == "text", let text, let mark = marks.last else { return }
    marks[marks.count - 1] = Drawing.Mark(
      kind: mark.kind, role: mark.role, x: mark.x, y: mark.y, width: 0, height: 0, fill: mark.fill,
      stroke: mark.stroke, text: text, group: mark.group)
    self.text = nil
  }

  /// All numbers in a text.
  private static func numbers(_ text: String) -> [Double] {
    text.matches(of: /-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?/).compactMap { Double($0.output) }
  }

  private static func color(_ text: String?) -> Chart.Color? {
    guard let text, text != "none", text != "transparent", !text.hasPrefix("url") else {
      return nil
    }
    switch text {
    case "black": return Chart.Color("#000000")
    case "white": return Chart.Color("#FFFFFF")
    case _ where text.hasPrefix("rgb("):
      let channels = numbers(text).prefix(3).map { String(format: "%02X", Int($0)) }
      return Chart.Color("#" + channels.joined())
    case _ where text.count == 4:
      return Chart.Color("#" + text.dropFirst().map { "\($0)\($0)" }.joined())
    default: return Chart.Color(text)
    }
  }
}
