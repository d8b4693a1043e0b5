import Datasets
import Foundation
import Testing

/// Files that zstd 1.5.4 and Python's zipfile wrote of one small table.
@Suite("Packed files") struct PackedFileTests {
  private static let csv = "x,y\n1.5,a\n2,b\n3,a\n"

  private static let zstd =
    "KLUv/QRYkQAAeCx5CjEuNSxhCjIsYgozLGEKuZS1Lg=="
  private static let zip =
    "UEsDBBQAAAAAAAAAIVwL3k48EgAAABIAAAAFAAAAdC5jc3Z4LHkKMS41LGEKMixiCjMsYQpQSwECFAMU"
    + "AAAAAAAAACFcC95OPBIAAAASAAAABQAAAAAAAAAAAAAAgAEAAAAAdC5jc3ZQSwUGAAAAAAEAAQAzAAAA"
    + "NQAAAAAA"
  private static let folder =
    "UEsDBBQAAAAAAAAAIVwAAAAAAAAAAAAAAAACAAAAZC9QSwMEFAAAAAAAAAAhXAveTjwSAAAAEgAAAAcA"
    + "AABkL3QuY3N2eCx5CjEuNSxhCjIsYgozLGEKUEsBAhQDFAAAAAAAAAAhXAAAAAAAAAAAAAAAAAIAAAAA"
    + "AAAAAAAAAIABAAAAAGQvUEsBAhQDFAAAAAAAAAAhXAveTjwSAAAAEgAAAAcAAAAAAAAAAAAAAIABIAAA"
    + "AGQvdC5jc3ZQSwUGAAAAAAIAAgBlAAAAVwAAAAAA"
  private static let several =
    "UEsDBBQAAAAAAAAAIVwL3k48EgAAABIAAAAFAAAAYS5jc3Z4LHkKMS41LGEKMixiCjMsYQpQSwMEFAAA"
    + "AAAAAAAhXAveTjwSAAAAEgAAAAUAAABiLmNzdngseQoxLjUsYQoyLGIKMyxhClBLAQIUAxQAAAAAAAAA"
    + "IVwL3k48EgAAABIAAAAFAAAAAAAAAAAAAACAAQAAAABhLmNzdlBLAQIUAxQAAAAAAAAAIVwL3k48EgAA"
    + "ABIAAAAFAAAAAAAAAAAAAACAATUAAABiLmNzdlBLBQYAAAAAAgACAGYAAABqAAAAAAA="

  private static func bytes(_ text: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: text)))
  }

  @Test(arguments: ["t.csv.zst", "t.csv.zip", "t.csv"]) func readsThem(_ path: String) throws {
    for text in [Self.zstd, Self.zip, Self.folder] {
      let file = try DataFile(path: path, Self.bytes(text))
      #expect(file.isCompressed && file.bytes == Array(Self.csv.utf8) && file.name == "t")
    }
    let twice = try Self.bytes(Self.zstd) + Self.bytes(Self.zstd)
    #expect(try DataFile(path: path, twice).bytes.count == 2 * Self.csv.utf8.count)
  }

  @Test func namesTheFilesOfAnArchive() throws {
    let message = refusal(try Self.bytes(Self.several), "t.zip")
    #expect(message.contains("2 files: \"a.csv\", \"b.csv\""), "\(message)")
  }

  @Test func refusesDamage() throws {
    let bytes = try Self.bytes(Self.zstd)
    for count in 4..<bytes.count {
      #expect(refusal(Array(bytes.prefix(count)), "t.csv.zst").contains("end too soon"))
    }
    var damaged = bytes
    damaged[bytes.count - 1] ^= 1
    #expect(refusal(damaged, "t.csv.zst").contains("damaged"))
    let packed = try Self.bytes(Self.zip)
    for place in packed.indices {
      var damaged = packed
      damaged[place] ^= 0x55
      // Names and times may be any.
      _ = try? DataFile(path: "t.zip", damaged).dataset()
    }
  }

  @Test func refusesMoreThanTheLimit() throws {
    for text in [Self.zstd, Self.zip] {
      let bytes = try Self.bytes(text)
      #expect(throws: DatasetsError.self) { try DataFile(path: "t.csv", bytes, limit: 10) }
    }
  }

  @Test func refusesWhatIsPackedTwice() throws {
    let gzip = Array(try #require(Data(base64Encoded: Self.twice)))
    #expect(refusal(gzip, "t.csv.gz").contains("compressed twice, the second time by zstd"))
  }

  private static let twice =
    "H4sIAAAAAAACA9PYqv+XJWIiA0OFTiWXoZ6pTiKXkU4SlzGQ3jllqx4ANO6kIx8AAAA="
}
