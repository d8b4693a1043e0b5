/// A chart as a picture.
public struct Picture: Sendable {
  /// As SVG.
  public let svg: [UInt8]

  /// As PNG, at twice the size of a screen of 96 points an inch.
  public let png: [UInt8]

  /// As PDF, whose bytes differ from one time to the next.
  public let pdf: [UInt8]
}
