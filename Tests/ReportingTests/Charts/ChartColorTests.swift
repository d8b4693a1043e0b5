import Foundation
import Reporting
import Testing

struct ChartColorTests {
  /// Values of the definition, and of `relative luminance` worked out by hand.
  @Test func contrastIsThatOfTheGuidelines() {
    let white = Chart.Color("#FFFFFF")
    #expect(abs(white.contrast(with: Chart.Color("#000000")) - 21) < 1e-12)
    #expect(white.contrast(with: white) == 1)
    // The greys that are known to be the last to pass 4.5 and 3.
    #expect(white.contrast(with: Chart.Color("#767676")) >= 4.5)
    #expect(white.contrast(with: Chart.Color("#777777")) < 4.5)
    #expect(white.contrast(with: Chart.Color("#949494")) >= 3)
    #expect(white.contrast(with: Chart.Color("#959595")) < 3)
    #expect(abs(Chart.Color("#00FF00").luminance - 0.7152) < 1e-12)
  }

  /// Text in a colour of a series can be read, and marks can be seen.
  @Test func coloursStandOutFromPaper() {
    let white = Chart.Color("#FFFFFF")
    for color in Chart.Theme.colors + [Chart.Theme.ink, Chart.Theme.grey] {
      #expect(Chart.Color(color).contrast(with: white) >= 4.5, "\(color)")
    }
    #expect(Chart.Color(Chart.Theme.faint).contrast(with: white) >= 3)
    #expect(Chart.Theme.levels.color(at: 0).contrast(with: white) >= 3)
  }

  /// By the matrices of Machado, Oliveira and Fernandes (2009) for whole deficiencies, on linear light.
  private static let deficiencies: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]

  /// Oklab of a colour as it is seen with a deficiency (Ottosson 2020).
  private func seen(_ text: String, _ deficiency: [[Double]]) -> [Double] {
    let number = Int(text.dropFirst(), radix: 16) ?? 0
    let light = [16, 8, 0].map { shift -> Double in
      let share = Double((number >> shift) & 255) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let times = { (matrix: [[Double]], vector: [Double]) in
      matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let cones = times(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], times(deficiency, light).map { min(max($0, 0), 1) })
    return times(
      [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
      ], cones.map { cbrt($0) })
  }

  @Test func seriesAreToldApartByAnyColourVision() {
    let colors = Chart.Theme.colors
    for deficiency in Self.deficiencies {
      for (index, color) in colors.enumerated() {
        for other in colors[..<index] {
          let (a, b) = (seen(color, deficiency), seen(other, deficiency))
          let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
          #expect(distance >= 0.1, "\(color) \(other)")
        }
      }
    }
  }

  /// Wherever numbers stand on a ramp, one of black and white has a contrast of 4.5.
  @Test func numbersStandOutFromRamps() {
    let (black, white) = (Chart.Color("#000000"), Chart.Color("#FFFFFF"))
    let ramp = Chart.Theme.share
    for step in 0...1000 {
      let share = Double(step) / 1000
      let ink = share > ramp.turn ? white : black
      #expect(ramp.color(at: share).contrast(with: ink) >= 4.5, "\(share)")
      let own = Chart.Color(Chart.Theme.ink)
      #expect(Chart.Theme.loss.color(at: share).contrast(with: own) >= 4.5, "\(share)")
    }
  }
}
