import LinAlg

/// A data set to write as a CSV file, so that there is a file to try things on.
public struct ExampleFile: Sendable {
  /// What it is asked for by.
  public let name: String

  /// What it is and what it is for, in one line.
  public let summary: String

  /// The rows with their classes.
  public let dataset: Dataset

  /// The lab that measured each row, n of them; nil where the file has no such column.
  public private(set) var labs: [String]?

  /// The column that names the labs.
  public static let labColumn = "lab"

  /// All names: those of the built-in sets, then those of files made of Iris.
  public static let names =
    EmbeddedDataset.allCases.map(\.rawValue) + ["flowers", "clean", "new", "labs"]

  /// The file of a name; nil where there is none.
  ///
  /// What is drawn is the same for every call.
  public init?(named name: String) {
    self.name = name
    if let embedded = EmbeddedDataset(rawValue: name) {
      summary = "built in: \(embedded.summary)"
      dataset = embedded.load()
      return
    }
    switch name {
    case "flowers":
      summary = "iris with short column names: stands for a file of your own"
      dataset = Self.flowers
    case "clean":
      summary = "drawn from normal classes fitted to flowers: a file that is known to be good"
      dataset = Self.drawn(name, rows: 300, seed: 1) { _, x in x }
    case "new":
      summary =
        "drawn as clean is, but sepal widths are 0.5 cm too large and 6 petal lengths in millimetres"
      dataset = Self.drawn(name, rows: 120, seed: 2) { row, x in
        [x[0], x[1] + 0.5, row % 20 == 7 ? 10 * x[2] : x[2], x[3]]
      }
    case "labs":
      summary =
        "drawn as clean is, by three labs (column lab); half of the labels of lab C are wrong"
      // Classes take turns, so each lab gets three rows, one of each class, and then the next lab.
      let right = Self.drawn(name, rows: 360, seed: 3) { _, x in x }
      let lab = { (row: Int) in row / 3 % 3 }
      labs = (0..<right.sampleCount).map { ["A", "B", "C"][lab($0)] }
      dataset = right.with(
        labels: right.labels.enumerated().map { row, label in
          lab(row) == 2 && row / 9 % 2 == 0 ? (label + 1) % right.classCount : label
        })
    default: return nil
    }
  }

  /// The file as CSV: what `Dataset.csv` writes, with the labs in a last column where there are any.
  ///
  /// - Complexity: O(n·d).
  public var csv: String {
    guard let labs else { return dataset.csv() }
    let lines = dataset.csv().split(separator: "\n")
    return zip(lines, [Self.labColumn] + labs).map { "\($0),\($1)\n" }.joined()
  }

  private static var flowers: Dataset {
    EmbeddedDataset.iris.load().with(
      name: "flowers",
      featureNames: ["sepal_length", "sepal_width", "petal_length", "petal_width"])
  }

  /// Rows of normal classes fitted to the flowers, changed and then rounded to 0.01 cm.
  private static func drawn(
    _ name: String, rows: Int, seed: UInt32, changed: (Int, [Double]) -> [Double]
  ) -> Dataset {
    do throws(DatasetsError) {
      let sample = try GaussianGenerator(fittedTo: flowers).sample(count: rows, seed: seed)
      var values: [Double] = []
      for row in 0..<rows {
        let x = (0..<sample.featureCount).map { sample.features[row, $0] }
        values += changed(row, x).map { max(1, (100 * $0).rounded()) / 100 }
      }
      return try Dataset(
        name: name,
        features: Matrix(rows: rows, columns: sample.featureCount, elements: values),
        labels: sample.labels, classNames: sample.classNames, featureNames: sample.featureNames,
        targetName: sample.targetName)
    } catch {
      preconditionFailure("Iris has classes that normal ones can be fitted to: \(error)")
    }
  }
}

extension Dataset {
  /// The same features with other names or labels.
  fileprivate func with(
    name: String? = nil, labels: [Int]? = nil, featureNames: [String]? = nil
  ) -> Dataset {
    do {
      return try Dataset(
        name: name ?? self.name, features: features, labels: labels ?? self.labels,
        classNames: classNames, featureNames: featureNames ?? self.featureNames,
        targetName: targetName)
    } catch {
      preconditionFailure("A valid set stays valid under other names and labels: \(error)")
    }
  }
}

extension EmbeddedDataset {
  fileprivate var summary: String {
    switch self {
    case .iris: "Fisher's irises of three species"
    case .wine: "chemical analyses of wines of three cultivars"
    case .breastCancer: "nuclei of malignant and benign breast masses"
    case .digits: "handwritten digits of 8 × 8 pixels"
    }
  }
}
