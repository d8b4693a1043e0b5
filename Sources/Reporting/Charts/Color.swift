import Foundation

extension Chart {
  /// A colour of the screen, sRGB with eight bits a channel.
  package struct Color: Sendable, Equatable, Encodable {
    /// Red, green and blue, from 0 to 255.
    let channels: [Int]

    static let black = Color("#000000")
    static let white = Color("#FFFFFF")

    /// Reads a colour such as `#1A2B3C`.
    ///
    /// - Precondition: Six hexadecimal digits after the sign.
    package init(_ text: String) {
      let number = Int(text.dropFirst(), radix: 16)
      precondition(text.count == 7 && number != nil, "\(text) is no colour such as #1A2B3C")
      channels = [16, 8, 0].map { ((number ?? 0) >> $0) & 255 }
    }

    private init(channels: [Int]) { self.channels = channels }

    /// The colour as it is written.
    package var text: String { "#" + channels.map { String(format: "%02X", $0) }.joined() }

    /// How light it is, from 0 to 1: its relative luminance.
    ///
    /// Source: Web Content Accessibility Guidelines 2.2, "relative luminance".
    package var luminance: Double {
      let linear = channels.map { channel in
        let share = Double(channel) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// The contrast with another, from 1 to 21: (lighter + 0.05) / (darker + 0.05).
    ///
    /// Source: Web Content Accessibility Guidelines 2.2, "contrast ratio".
    package func contrast(with other: Color) -> Double {
      (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }

    /// The colour at a share of the way to another, channel by channel, as Vega mixes by `rgb`.
    func mixed(with other: Color, _ share: Double) -> Color {
      Color(
        channels: zip(channels, other.channels).map { own, other in
          Int((Double(own) + share * Double(other - own)).rounded())
        })
    }

    package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
  }
}
