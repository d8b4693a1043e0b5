import Files

/// Data sets that a package of the system brings, too large to be part of the program.
public enum InstalledDataset: String, CaseIterable, Sendable {
  /// 60,000 pictures of clothes, 28 × 28, of 10 classes.
  ///
  /// Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
  /// learning algorithms", arXiv 1708.07747 (2017), table 2 for the names of the classes.
  case fashionMNIST = "fashion-mnist"

  /// Where its pictures are; the labels are beside them.
  public var path: String { "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz" }

  /// The Debian package that brings it.
  public var package: String { "dataset-fashion-mnist" }

  private var classNames: [String] {
    [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ]
  }

  /// Reads it.
  ///
  /// - Throws: `DatasetsError.notInstalled`, and what the reading of files throws.
  public func load() throws(DatasetsError) -> Dataset { try load(from: path) }

  /// Reads it from another place.
  package func load(from path: String) throws(DatasetsError) -> Dataset {
    guard InputFile.byteCount(of: path) != nil else {
      throw .notInstalled(name: rawValue, path: path, package: package)
    }
    let file = try DataFile(contentsOf: path)
    return try IDXFormat().dataset(
      file.bytes, name: rawValue, file: path, options: TableOptions(),
      classNames: Dictionary(uniqueKeysWithValues: zip(classNames.indices, classNames)))
  }
}
