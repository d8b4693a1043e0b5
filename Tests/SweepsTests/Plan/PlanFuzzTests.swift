import LinAlg
import Sweeps
import TestSupport
import Testing

struct PlanFuzzTests {
  private static let seed = """
    data: flowers.csv   # relative
    target: 'species'
    ignore: [id, -2]
    header: false
    attacks: [uniform, "out-of-range:kappa=100", flip]
    levels: [0.50, 0, 0.10, 5e-2]
    models:
      - softmax
      - rbf-svm: {C: [1, 10], gamma: [0.5, auto]}
      - knn:
          n_neighbors:
            - 1
    validation: 0.25
    seeds: 10000
    until_ci: 1e-3
    max_seeds: 20000

    """

  private static let fragments = [
    ":", "-", "- ", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!!str ", "|\n", ">\n",
    "\"", "'", "%YAML 1.1\n", "---\n", "...\n", "\t", "\r", "\0", "\u{FEFF}", "\u{85}", "\u{2028}",
    "é", "\u{1F338}", "~", "null", "true", "1e999", "-0", "99999999999999999999", ".nan", "<<: ",
    "\n", "  ", "\\x", "\\u12", "@", "`", "levels: ", "models: ", "C: ",
  ]

  /// Whatever the text, it is read or refused in one line with a place in the file.
  @Test(arguments: 0..<40)
  func mutatedPlansAreReadOrRefused(_ run: UInt32) {
    var stream = RandomStream(purpose: .testing, seed: run)
    for _ in 0..<100 {
      var bytes = Array(Self.seed.utf8)
      for _ in 0...stream.integer(below: 4) { Self.mutate(&bytes, &stream) }
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        let plan = try PlanFile(text, file: "p.yaml").plan
        #expect(!plan.models.isEmpty && !plan.levels.isEmpty && !plan.attacks.isEmpty)
      } catch {
        let message = "\(error)"
        let isGood = message.hasPrefix("p.yaml:") && !message.contains("\n")
        #expect(isGood, "\(message) for \(text.debugDescription)")
      }
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    let place = stream.integer(below: bytes.count + 1)
    let end = min(bytes.count, place + stream.integer(below: 20))
    switch stream.integer(below: 6) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 2: bytes.insert(UInt8(stream.integer(below: 256)), at: place)
    case 3: bytes.removeSubrange(place...)
    default:
      let fragment = fragments[stream.integer(below: fragments.count)]
      bytes.insert(contentsOf: fragment.utf8, at: place)
    }
  }
}
