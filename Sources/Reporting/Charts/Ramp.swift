extension Chart {
  /// Colours from the lowest value to the highest, evenly apart.
  package struct Ramp: Sendable {
    let colors: [Color]

    /// The ramp through some colours, such as `#1A2B3C`, two or more.
    package init(_ colors: [String]) { self.colors = colors.map(Color.init) }

    /// The colour at a share of the way, from 0 to 1.
    package func color(at share: Double) -> Color {
      let place = min(max(share, 0), 1) * Double(colors.count - 1)
      let index = min(Int(place), colors.count - 2)
      return colors[index].mixed(with: colors[index + 1], place - Double(index))
    }

    /// So many colours that are as far apart as can be, the lightest first.
    package func steps(_ count: Int) -> [Color] {
      (0..<count).map { color(at: count == 1 ? 1 : Double($0) / Double(count - 1)) }
    }

    /// The share of the way from which on white stands out more than black, of colours that become darker.
    ///
    /// Where both do alike, the contrast is √21 = 4.58, so that the better one has at least 4.5 everywhere.
    package var turn: Double {
      var (light, dark) = (0.0, 1.0)
      for _ in 0..<20 {
        let middle = (light + dark) / 2
        let color = color(at: middle)
        if color.contrast(with: .white) > color.contrast(with: .black) {
          dark = middle
        } else {
          light = middle
        }
      }
      return dark
    }

    /// The scale of values from one to another, between which the colours are evenly apart.
    func scale(_ low: Double, _ high: Double) -> Channel.Scale {
      let domain = colors.indices.map { index in
        low + (high - low) * Double(index) / Double(colors.count - 1)
      }
      return Channel.Scale(
        domain: .numbers(domain), range: .texts(colors.map(\.text)), interpolate: "rgb",
        clamp: true)
    }
  }
}
