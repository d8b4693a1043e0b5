import ArgumentParser
import Reporting

/// What clean rows and defences cost.
struct PriceOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("What a clean row costs.", valueName: "price"),
    transform: number("a number from 0 up"))
  var rowPrice: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What it costs to deploy a defence. (default: 0)", valueName: "price"),
    transform: number("a number from 0 up"))
  var defensePrice: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What it costs to verify one row. (default: 0)", valueName: "price"),
    transform: number("a number from 0 up"))
  var verificationPrice: Double?

  /// The prices; nil where none was given.
  func prices() throws(Failure) -> Prices? {
    let given = [
      ("--row-price", rowPrice), ("--defense-price", defensePrice),
      ("--verification-price", verificationPrice),
    ]
    for case (let option, let price?) in given where !(price >= 0 && price.isFinite) {
      throw .usage("\(option) cannot be \(price); accepted: a number from 0 up")
    }
    guard let rowPrice else {
      if let option = given.first(where: { $0.1 != nil })?.0 {
        throw .usage("\(option) needs --row-price, what a clean row costs")
      }
      return nil
    }
    return Prices(row: rowPrice, defense: defensePrice ?? 0, verification: verificationPrice ?? 0)
  }
}
