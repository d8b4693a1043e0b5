public import Datasets

/// Rows of two classes with numbers, gaps, texts and dates: what a file may hold.
public enum EncodedSample {
  /// What is said of the columns, so that all kinds of encodings are there.
  public static var options: EncodingOptions {
    var options = EncodingOptions()
    _ = options.set(.encode, to: "grade=ordinal,day=date,zip=hash:5")
    _ = options.set(.missing, to: "median,age=indicator")
    return options
  }

  /// The fields of a row, without its class.
  ///
  /// `region` has one text in one row alone, so that few splits train on it.
  public static func fields(_ row: Int) -> [String] {
    let age = row % 7 == 3 ? "" : "\(20 + row * 13 % 41).5"
    let height = row % 5 == 2 ? "NA" : "\(150 + row * 29 % 37)"
    let region = row == 11 ? "atlantis" : ["north", "east", "south", "?"][row * 5 % 4]
    return [
      age, height, region, row % 3 == 0 ? "yes" : "no", ["a", "b", "c", "d"][row * 7 % 4],
      "2020-0\(1 + row % 9)-\(10 + row % 18)", "z\(row % 13)",
    ]
  }

  /// A file of rows, `fields` each.
  public static func text(
    rowCount: Int = 60, fields: (Int) -> [String] = EncodedSample.fields
  ) -> String {
    "age,height,region,paid,grade,day,zip,y\n"
      + (0..<rowCount).map { row in
        fields(row).joined(separator: ",") + ",\(row % 2 == 0 ? "u" : "v")\n"
      }.joined()
  }

  /// The data set of such a file.
  public static func dataset(
    rowCount: Int = 60, fields: (Int) -> [String] = EncodedSample.fields
  ) throws -> Dataset {
    var table = TableOptions(target: ColumnReference("y"))
    table.encoding = options
    return try CSVReader.read(
      bytes: Array(text(rowCount: rowCount, fields: fields).utf8), name: "sample", options: table)
  }
}
