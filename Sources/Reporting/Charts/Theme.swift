extension Chart {
  /// What all charts look like: dark on white, without a frame, with faint lines of the grid.
  ///
  /// Marks have a contrast of at least 3 with the paper and all text one of at least 4.5, as the Web Content
  /// Accessibility Guidelines ask for.
  package struct Theme: Encodable, Sendable {
    struct Texts: Encodable {
      var labelFontSize = 11
      var titleFontSize = 11
      var titleFontWeight = "normal"
      var labelColor = Theme.ink
      var titleColor = Theme.ink
      /// Longer labels end with an ellipsis.
      var labelLimit = 190
      var gridColor: String?
      var domainColor: String?
      var tickColor: String?
      var symbolSize: Int?
      var symbolOpacity: Double?
      var symbolStrokeWidth: Double?
      var symbolLimit: Int?
    }

    struct Title: Encodable {
      let anchor = "start"
      let fontSize = 13
      let color = Theme.ink
      let limit = 560
      let offset = 10
    }

    struct Frame: Encodable {
      let stroke = "transparent"
    }

    struct Mark: Encodable {
      var color = Theme.ink
      var strokeWidth: Double?
    }

    let background = "white"
    let view = Frame()
    let title = Title()
    let axis = Texts(
      gridColor: "#E4E4E4", domainColor: Theme.edge, tickColor: Theme.edge)
    let legend = Texts(symbolSize: 70, symbolOpacity: 1, symbolStrokeWidth: 2, symbolLimit: 60)
    let header = Texts()
    let text = Mark()
    let line = Mark(strokeWidth: 2)

    /// What is written.
    package static let ink = "#262626"

    /// Lines of axes.
    static let edge = "#8A8A8A"

    /// What others are compared with.
    package static let grey = "#6B6B6B"

    /// What is there, but not looked at: the faintest that has a contrast of 3 with the paper.
    package static let faint = "#949494"

    /// What is not known.
    static let empty = "#ECECEC"

    /// Colours that tell series apart: their contrasts with white are 4.5 and more, and the two that are nearest
    /// are 0.1 apart in Oklab, seen with each kind of colour blindness as well.
    ///
    /// Source: Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency, 2009.
    package static let colors = ["#177BBA", "#D63614", "#1B4F5C", "#7716AF", "#7A251C", "#3A0167"]

    /// Colours of ordered series, each darker than the one before.
    package static let levels = Ramp(["#3F93D2", "#1F5FA8", "#0B2147"])

    /// From gain through nothing to loss: apart in any colour vision, and light enough for black text.
    package static let loss = Ramp(["#63A9E3", "#FFFFFF", "#E4703F"])

    /// From none to all.
    package static let share = Ramp(["#F7FAFD", "#6AA3D5", "#0B2E63"])

    /// Shapes beside the colours, for those who print in grey.
    static let shapes = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]

    /// Shares at axes.
    static let percent = Channel.Guide(format: ".0%")

    /// Numbers of rows at axes.
    static let sizes = Channel.Guide(values: [
      10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000,
    ])

    /// A scale on which ratios are lengths.
    static let ratios = Channel.Scale(type: "log", nice: false)

    /// A scale that begins where the values do.
    static let close = Channel.Scale(zero: false)
  }
}
