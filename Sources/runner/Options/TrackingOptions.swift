import ArgumentParser
import Tracking

/// Where runs are tracked, and under which name models are registered there.
struct TrackingOptions: ParsableArguments {
  @OptionGroup var place: TrackingPlace

  @Option(
    help: ArgumentHelp(
      "Register models under this name, with the alias clean or ATTACK-PERCENT, such as "
        + "uniform-10; with several models, under NAME-MODEL.", valueName: "name"))
  var register: String?

  /// The URI asked for.
  ///
  /// - Throws: `Failure` for one that is none, or for a name that models cannot have.
  func uri() throws(Failure) -> TrackingURI {
    let uri = try place.uri()
    if let register {
      let forbidden = register.first { "/:".contains($0) }
      guard !register.allSatisfy({ $0 == " " }), forbidden == nil, register.count <= 200 else {
        throw .usage(
          "--register cannot be \"\(register)\"; accepted: a name of up to 200 characters without "
            + "/ and :")
      }
      if uri == .none {
        throw .usage("--register needs somewhere to register; --tracking-uri is none")
      }
    }
    return uri
  }

  func command(store: String, data: DataOptions, validation: String?) -> String {
    let words =
      ["runner", "track", store]
      + data.words + (validation.map { ["--validation", $0] } ?? [])
      + ["--tracking-uri", place.text.withoutPassword]
    return words.map { word in
      let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "_-./:".contains($0) }
      return isPlain ? word : "'\(word)'"
    }.joined(separator: " ")
  }
}
