import Datasets
import LinAlg
import TestSupport
import Testing

struct CSVWriterTests {
  @Test func quotesOnlyWhereNeeded() {
    var writer = CSVWriter(header: ["a b", "c,d", "e\"f"])
    writer.append(["", "two\nlines", "x\r\ny"])
    writer.append([" é ", ",\u{301}", "'"])
    #expect(
      writer.text
        == "a b,\"c,d\",\"e\"\"f\"\n,\"two\nlines\",\"x\r\ny\"\n é ,\",\u{301}\",'\n")
  }

  @Test func keepsLinesFromBeingBlank() {
    var writer = CSVWriter()
    #expect(writer.text.isEmpty)
    writer.append([""])
    writer.append(["x"])
    #expect(writer.text == "\"\"\nx\n")
  }

  @Test(arguments: [
    0.1, -0.0, 1, 1e22, 1.0 / 3, .leastNonzeroMagnitude, 1e50, -1e50, .pi, -2.5e-9,
  ])
  func writesNumbersThatReadBack(_ value: Double) throws {
    var writer = CSVWriter(header: ["a", "y"])
    writer.append([CSVWriter.field(value), "u"])
    writer.append(["0", "v"])
    #expect(try readCSV(writer.text).features[0, 0].bitPattern == value.bitPattern)
  }

  @Test(arguments: EmbeddedDataset.allCases)
  func writesSetsThatReadBack(_ embedded: EmbeddedDataset) throws {
    let set = embedded.load()
    let again = try readCSV(set.csv())
    #expect(again.features == set.features)
    #expect(again.featureNames == set.featureNames)
    #expect(again.targetName == set.targetName)
    #expect(again.labels.map { again.classNames[$0] } == set.labels.map { set.classNames[$0] })
  }
}
