import Datasets
import Foundation
import LinAlg
import Testing

@Suite("IDX")
struct IDXFormatTests {
  private static func write(_ table: FormatsReference.Table, _ names: [String]) throws {
    try table.data.write(to: URL(filePath: names[0]))
    if names.count > 1 { try table.companion?.write(to: URL(filePath: names[1])) }
  }

  @Test func readsEveryTypeWithTheLabelsBeside() throws {
    for table in try FormatsReference.load().pictures {
      try withFolder { folder in
        let path = folder + "/train-images-idx3-ubyte"
        try Self.write(table, [path, folder + "/train-labels-idx1-ubyte"])
        let file = try DataFile(contentsOf: path)
        #expect(file.format is IDXFormat && file.name == "train-images-idx3-ubyte")
        expect(try file.dataset(), table)
      }
    }
  }

  @Test func takesTheLabelsThatAreNamed() throws {
    let table = try FormatsReference.load().pictures[0]
    try withFolder { folder in
      try Self.write(table, [folder + "/a.idx", folder + "/b.idx"])
      for target in ["b.idx", folder + "/b.idx"] {
        let set = try DataFile(contentsOf: folder + "/a.idx").dataset(
          options: TableOptions(target: ColumnReference(target)))
        #expect(set.name == "a" && set.classNames == ["0", "3", "9"])
      }
    }
  }

  @Test func saysWhichLabelsAreMissing() throws {
    let table = try FormatsReference.load().pictures[0]
    #expect(refusal(table.bytes, "/nowhere/images.idx").contains("\"/nowhere/labels.idx\""))
    #expect(refusal(table.bytes, "/nowhere/a.idx").contains("labels"))
    #expect(
      refusal(table.bytes, "a.idx", TableOptions(target: ColumnReference("none"))).contains("none"))
    let labels = Array(table.companion ?? Data())
    #expect(refusal(labels, "labels.idx").contains("one dimension"))
  }

  @Test func refusesOtherCountsAndCutFiles() throws {
    let table = try FormatsReference.load().pictures[0]
    try withFolder { folder in
      let path = folder + "/images.idx"
      for count in 4..<table.bytes.count {
        try Data(table.bytes.prefix(count)).write(to: URL(filePath: path))
        #expect(throws: DatasetsError.self) { try DataFile(contentsOf: path).dataset() }
      }
      try table.data.write(to: URL(filePath: path))
      // Three labels, as the header says, for four pictures.
      let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]
      try Data(labels).write(to: URL(filePath: folder + "/labels.idx"))
      let error = #expect(throws: DatasetsError.self) { try DataFile(contentsOf: path).dataset() }
      #expect(error?.description.contains("labels.idx, byte 8: labels of the shape 3") == true)
    }
  }

  /// What a package installs, where it is there, and what is said where it is not.
  @Test func saysHowFashionIsInstalled() throws {
    #expect(NamedDataset("fashion-mnist") == .installed(.fashionMNIST))
    #expect(NamedDataset("iris") == .embedded(.iris) && NamedDataset("flowers.csv") == nil)
    #expect(NamedDataset.names.contains("fashion-mnist"))
    let error = #expect(throws: DatasetsError.self) {
      try InstalledDataset.fashionMNIST.load(from: "/nowhere/train-images-idx3-ubyte.gz")
    }
    #expect(error?.description.contains("apt-get install dataset-fashion-mnist") == true)
    #expect(error?.isInputOutput == true)
  }

  @Test func givesNumberedClassesTheirNames() throws {
    let table = try FormatsReference.load().pictures[0]
    try withFolder { folder in
      let path = folder + "/train-images-idx3-ubyte"
      try Self.write(table, [path, folder + "/train-labels-idx1-ubyte"])
      let set = try InstalledDataset.fashionMNIST.load(from: path)
      #expect(set.name == "fashion-mnist" && set.targetName == "label")
      #expect(set.classNames == ["T-shirt/top", "Dress", "Ankle boot"])
    }
  }
}
