/// The data sets that come with the program, as scikit-learn 1.9.1 gives them.
public enum EmbeddedDataset: String, CaseIterable, Sendable, Codable {
  /// Fisher's three species of iris: 150 × 4, 3 classes.
  case iris

  /// Wines of three cultivars: 178 × 13, 3 classes.
  case wine

  /// Nuclei of malignant and benign breast masses: 569 × 30, 2 classes.
  case breastCancer = "breast-cancer"

  /// Handwritten digits of 8 × 8 pixels: 1797 × 64, 10 classes.
  case digits

  /// Reads the set from the program's own text.
  ///
  /// - Complexity: O(n·d); a few milliseconds at most.
  public func load() -> Dataset {
    do throws(DatasetsError) {
      let numbered = try CSVReader.read(bytes: Array(csv.utf8), name: rawValue)
      // The files number the classes; the names come in that order, sorted or not.
      return try Dataset(
        name: rawValue, features: numbered.features, labels: numbered.labels,
        classNames: classNames, featureNames: numbered.featureNames,
        targetName: numbered.targetName)
    } catch {
      preconditionFailure("The embedded text of \(rawValue) is malformed: \(error)")
    }
  }

  private var csv: String {
    switch self {
    case .iris: Iris.csv
    case .wine: Wine.csv
    case .breastCancer: BreastCancer.csv
    case .digits: Digits.csv
    }
  }

  private var classNames: [String] {
    switch self {
    case .iris: Iris.classNames
    case .wine: Wine.classNames
    case .breastCancer: BreastCancer.classNames
    case .digits: Digits.classNames
    }
  }
}
