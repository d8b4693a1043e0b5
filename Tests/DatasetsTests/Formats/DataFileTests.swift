import Datasets
import Foundation
import Testing

@Suite("Compressed files")
struct DataFileTests {
  @Test func readsWhatGzipWrote() throws {
    let reference = try FormatsReference.load()
    let file = try DataFile(path: "some.rows.csv.gz", Array(reference.gzip))
    #expect(file.isCompressed && file.name == "some.rows" && file.format is CSVFormat)
    #expect(file.bytes == Array(reference.csv.utf8))
    let plain = try DataFile(path: "some.rows.csv", Array(reference.csv.utf8))
    #expect(!plain.isCompressed)
    #expect(try file.dataset() == plain.dataset())
  }

  /// Pictures and labels may be compressed, both or one of them.
  @Test func findsCompressedLabels() throws {
    let reference = try FormatsReference.load()
    try withFolder { folder in
      let path = folder + "/images.idx"
      try reference.pictures[0].data.write(to: URL(filePath: path))
      try reference.gzip.write(to: URL(filePath: folder + "/labels.idx.gz"))
      // The labels are found, inflated, and are none.
      let error = #expect(throws: DatasetsError.self) { try DataFile(contentsOf: path).dataset() }
      #expect(error?.description.contains("labels.idx.gz, byte 0") == true)
    }
  }

  @Test func refusesDamage() throws {
    let bytes = Array(try FormatsReference.load().gzip)
    for count in 2..<bytes.count {
      #expect(refusal(Array(bytes.prefix(count)), "a.csv.gz").contains("end too soon"))
    }
    for place in bytes.count - 8..<bytes.count {
      var damaged = bytes
      damaged[place] ^= 1
      #expect(refusal(damaged, "a.csv.gz").contains("damaged: incorrect"))
    }
    #expect(refusal(bytes + [1], "a.csv.gz").contains("follows"))
  }

  @Test func refusesMoreThanTheLimit() throws {
    let bytes = Array(try FormatsReference.load().gzip)
    let error = #expect(throws: DatasetsError.self) {
      try DataFile(path: "a.csv.gz", bytes, limit: 11)
    }
    #expect(error?.description.contains("more than 11 bytes") == true)
    #expect(try DataFile(path: "a.csv.gz", bytes, limit: 12).bytes.count == 12)
  }
}
