import Datasets
import Foundation
import LinAlg
import Testing

@Suite("Files of NumPy")
struct NumPyFormatTests {
  /// Recognised by their content whatever they are called.
  @Test func readsEveryArray() throws {
    for table in try FormatsReference.load().arrays {
      let file = try DataFile(path: "rows.txt", table.bytes)
      #expect(file.format is NumPyArrayFormat && file.format.needsTarget && file.name == "rows")
      expect(try file.dataset(), table)
    }
  }

  @Test func readsEveryArchive() throws {
    for table in try FormatsReference.load().archives {
      let file = try DataFile(path: "rows", table.bytes)
      #expect(file.format is NumPyArchiveFormat && !file.format.needsTarget)
      expect(try file.dataset(), table)
    }
  }

  @Test func takesTheTargetFromAnyColumn() throws {
    let tables = try FormatsReference.load().arrays
    let table = try #require(tables.first { $0.name == "<f8 F" })
    for target in ["0", "column_0", "-3"] {
      let set = try DataFile(path: "a.npy", table.bytes).dataset(
        options: TableOptions(target: ColumnReference(target)))
      #expect(set.featureNames == ["column_1", "column_2"] && set.targetName == "column_0")
      #expect(set.features.elements == [1, 2, 4, 5, 7, 0, 100, 1])
      #expect(set.classNames == ["0", "3", "6"] && set.labels == [0, 1, 2, 0])
    }
    let one = try DataFile(path: "a.npy", table.bytes).dataset(
      options: TableOptions(ignoredColumns: [ColumnReference("0")]))
    #expect(one.featureNames == ["column_1"] && one.features.elements == [1, 4, 7, 100])
  }

  @Test func namesTheLabelsOfAnArchive() throws {
    let reference = try FormatsReference.load()
    let unusual = Array(try #require(reference.refused["unusual names"]))
    let set = try DataFile(path: "a.npz", unusual).dataset(
      options: TableOptions(target: ColumnReference("b")))
    #expect(set.targetName == "b" && set.featureCount == 2 && set.sampleCount == 4)
    let missing = refusal(unusual, "a.npz", TableOptions(target: ColumnReference("c")))
    #expect(missing.contains("\"c\"") && missing.contains("a (4 × 2), b (4)"))
    let usual = refusal(unusual, "a.npz")
    #expect(usual.contains("such as X and y") || usual.contains("as X and y"))
  }

  /// Each kind of content that is refused, and words that say what is wrong.
  @Test(arguments: [
    ("objects", "Python objects"), ("complex", "complex"), ("structures", "structures"),
    ("dates", "dates"), ("one dimension", "one dimension"), ("no dimension", "single number"),
    ("empty", "0 × 3"), ("text", "text"), ("not a number", "row 1 of column_0 is nan"),
    ("infinite", "is -inf"), ("too large", "1e+51"), ("broken labels", "label of row 1 is 0.5"),
    ("unusual names", "a (4 × 2)"), ("labels too few", "shape 3 do not go"),
    ("labels as columns", "4 × 4"), ("objects inside", "y.npy"),
  ])
  func refuses(_ name: String, _ words: String) throws {
    let data = try #require(FormatsReference.load().refused[name])
    let isArchive = data.starts(with: Array("PK".utf8))
    let text = refusal(Array(data), isArchive ? "some.npz" : "some.npy")
    #expect(text.contains(words), "\(text)")
    #expect(isArchive || text.contains("byte"), "\(text)")
  }

  /// Every beginning of a file, and every file with more at its end, is refused.
  @Test func refusesCutAndLongFiles() throws {
    let reference = try FormatsReference.load()
    let array = try #require(reference.arrays.first { $0.name == ">i2 C" }).bytes
    for count in 0..<array.count {
      _ = refusal(Array(array.prefix(count)), "cut.npy")
    }
    #expect(refusal(array + [0], "long.npy").contains("25 bytes of elements follow"))
    for name in ["savez X y", "savez_compressed X y", "zip64"] {
      let archive = try #require(reference.archives.first { $0.name == name }).bytes
      for count in stride(from: 0, to: archive.count, by: 7) {
        _ = refusal(Array(archive.prefix(count)), "cut.npz")
      }
    }
  }

  /// Whatever becomes of the bytes, there is a set or an error, and no trap.
  @Test func survivesDamage() throws {
    let reference = try FormatsReference.load()
    for table in reference.archives + reference.arrays.prefix(12) {
      for place in stride(from: 0, to: table.bytes.count, by: 3) {
        var bytes = table.bytes
        bytes[place] ^= 0xFF
        _ = try? DataFile(path: "damaged.npz", bytes, limit: 1 << 24).dataset()
      }
    }
  }

  @Test func findsDamageByTheChecksum() throws {
    let archive = try #require(FormatsReference.load().archives.first { $0.name == "savez X y" })
    var bytes = archive.bytes
    let element = try #require(
      bytes.indices.first { bytes[$0...].starts(with: [0, 0, 0x80, 0x3F]) })
    bytes[element] = 1
    #expect(refusal(bytes, "a.npz").contains("checksum"))
  }

  /// A header may claim any shape; what it claims is compared with the length before it is believed.
  @Test(arguments: [
    "(1000000000000, 1000000000000)", "(9223372036854775807, 9223372036854775807)",
    "(99999999999999999999, 2)", "(4, 2", "(-1, 2)", "(4, 2, )x",
  ])
  func believesNoShape(_ shape: String) {
    let header = Array("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header
    _ = refusal(bytes + [UInt8](repeating: 0, count: 64), "a.npy")
  }

  @Test func refusesWhatMemoryCannotHold() throws {
    let table = try #require(FormatsReference.load().arrays.first { $0.name == "|u1 C" })
    var options = TableOptions()
    options.memoryLimit = 100
    #expect(refusal(table.bytes, "a.npy", options).contains("100 bytes of memory"))
  }

  @Test func theEndingTellsWhereTheContentDoesNot() {
    #expect(refusal(Array("a,y\n1,2\n".utf8), "a.npy").contains("does not begin with \\x93NUMPY"))
    #expect(refusal(Array("a,y\n1,2\n".utf8), "a.npz").contains("zip archive"))
    #expect(refusal(Array("a,y\n1,2\n".utf8), "a.idx").contains("IDX"))
  }
}
