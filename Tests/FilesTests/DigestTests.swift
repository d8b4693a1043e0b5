import Files
import Testing

@Suite("Hashes")
struct DigestTests {
  /// FIPS 180-4's examples and RFC 1321's test suite.
  @Test(arguments: [
    (
      "", Digest.Algorithm.sha256,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    ),
    ("abc", .sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", .sha256,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("", .md5, "d41d8cd98f00b204e9800998ecf8427e"),
    ("message digest", .md5, "f96b697d7cb7938d525a2f31aaf161d0"),
  ])
  func publishedExamples(_ text: String, _ algorithm: Digest.Algorithm, _ expected: String) {
    #expect(Digest.hash(Array(text.utf8), by: algorithm).hexadecimal == expected)
  }

  @Test("A million letters in parts, twice with one value")
  func parts() {
    var digest = Digest()
    for _ in 0..<2 {
      for _ in 0..<1_000 { digest.update([UInt8](repeating: UInt8(ascii: "a"), count: 1_000)) }
      #expect(
        digest.finish().hexadecimal
          == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
  }
}
