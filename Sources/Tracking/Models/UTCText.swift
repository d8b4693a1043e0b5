import Foundation

extension Int {
  /// A time in milliseconds since 1970 as MLflow writes it: `2026-01-31 23:59:59.123000`.
  var utcText: String {
    let seconds = Date(timeIntervalSince1970: Double(self / 1000)).ISO8601Format()
    let fraction = String(self % 1000 + 1000).dropFirst()
    let text = seconds.map { $0 == "T" ? " " : $0 == "Z" ? "." : $0 }
    return String(text) + fraction + "000"
  }
}
