extension Chart {
  /// What all charts look like.
  struct Theme: Encodable, Sendable {
    struct Sizes: Encodable {
      var labelFontSize = 11
      var titleFontSize = 11
      var gridColor: String?
      var titleFontWeight = "normal"
    }

    let axis = Sizes(gridColor: "#E5E5E5")
    let legend = Sizes()
    let header = Sizes()

    /// Colours that people with any colour vision can tell apart: Okabe and Ito (2008).
    static let colors = [
      "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999",
    ]

    /// From loss through nothing to gain: apart for any colour vision.
    static let diverging = ["#D55E00", "#F7F7F7", "#56B4E9"]

    /// What is not measured.
    static let grey = "#777777"

    static let shapes = [
      "circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "stroke",
    ]

    static let dashes: [[Double]] = [
      [1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 1], [1, 3], [10, 4],
    ]

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
