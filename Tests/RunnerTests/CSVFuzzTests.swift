import Foundation
import Testing

struct CSVFuzzTests {
  /// Whatever the file, the program reads it or says what is wrong with it.
  @Test(arguments: 0..<48)
  func endsWithAResultOrAMessage(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      var random = SplitMix64(state: seed)
      let files = FlowerFile.all
      let file = files[Int(seed) % files.count]
      var bytes = Array(file.bytes)
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
      try Data(bytes).write(to: folder.appendingPathComponent("flowers.csv"))
      let model = ["softmax", "linear-svm", "rbf-svm", "knn"].randomElement(using: &random) ?? ""
      let scaler = ["standard", "robust", "none"].randomElement(using: &random) ?? ""
      let run = try RunnerProcess(
        ["train", "--data", "flowers.csv", "--model", model, "--scaler", scaler, "--poison", "0.2"]
          + file.options, in: folder)
      let content = String(decoding: bytes, as: UTF8.self)
      if run.status == 0 {
        #expect(run.output.contains("accuracy"))
      } else {
        #expect([64, 65].contains(run.status), "seed \(seed): \(run.errors)\(content)")
        #expect(run.output.isEmpty)
        // What is found of the file may come before, and several faults have a line each.
        #expect(run.errorLines.count { $0.hasPrefix("error: ") } == 1, "\(run.errors)")
      }
    }
  }

  private static let fragments = [
    "\"", ",", "\n", "\r", "\r\n", "\0", "\u{FEFF}", "1e308", "-1e308", "5e-324", "1e999", "nan",
    "-inf", "0x1p3", "é", "\u{1F338}", ";", "\t", " ", "--", "1,2,3", "\n\n", ",,", "\"\"",
  ]

  private func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 3: bytes.removeSubrange(place...)
    default:
      let fragment = Self.fragments.randomElement(using: &random) ?? ""
      // A whole number is replaced as often as something is put in its midst.
      let isDigit = { (byte: UInt8) in UInt8(ascii: "-")...UInt8(ascii: "9") ~= byte }
      let number = bytes[place...].prefix(while: isDigit)
      bytes.replaceSubrange(number.startIndex..<number.endIndex, with: fragment.utf8)
    }
  }
}

/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
