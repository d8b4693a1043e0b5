/// Several arrays of NumPy in one file, two of which are features and labels.
public struct NumPyArchiveFormat: DataFormat {
  /// .npz.
  public let name = "NumPy archive"

  /// As numpy.savez ends them.
  public let fileEndings = ["npz"]

  /// The names that features and their labels usually have, in the order in which they are looked for.
  static let usualNames = [
    ("X", "y"), ("x", "y"), ("data", "target"), ("features", "labels"), ("x_train", "y_train"),
    ("X_train", "y_train"), ("train_x", "train_y"), ("train_X", "train_y"), ("images", "labels"),
    ("train_images", "train_labels"), ("data", "labels"), ("arr_0", "arr_1"),
  ]

  /// All arrays side by side.
  public let conversion: String? = """
    python3 -c "import numpy as n; a = n.load('FILE'); \
    n.savetxt('FILE.csv', n.column_stack([a[k] for k in a]), delimiter=',')"
    """

  /// The format, of which there is one.
  public init() {}

  /// Whether the bytes begin as a zip archive does.
  public func recognizes(_ bytes: [UInt8]) -> Bool { ZipArchive.recognizes(bytes) }

  /// Reads the bytes of a file; the target is the name of the array with the labels.
  public func dataset(
    _ bytes: [UInt8], name: String, file: String, options: TableOptions
  ) throws(DatasetsError) -> Dataset {
    let archive = try NumPyArchive(bytes, file: file)
    let (features, labels) = try archive.pair(target: options.target?.text)
    let limit = options.byteLimit
    return try Dataset(
      name: name, features: archive.array(features, limit: limit),
      labels: archive.array(labels, limit: limit), targetName: labels, options: options)
  }
}
