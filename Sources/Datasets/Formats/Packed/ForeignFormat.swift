/// A format that is not read, and what makes a table of it that is.
struct ForeignFormat {
  /// What people call it.
  let name: String

  /// A command in which FILE stands for the file.
  let remedy: String

  private init(_ name: String, _ remedy: String) { (self.name, self.remedy) = (name, remedy) }

  private init(_ name: String, pandas reader: String) {
    self.init(
      name, "python3 -c \"import pandas; pandas.\(reader)('FILE').to_csv('FILE.csv', index=False)\""
    )
  }

  /// The formats that begin with some bytes.
  private static let starts: [(start: [UInt8], format: ForeignFormat)] = [
    (Array("PAR1".utf8), ForeignFormat("Parquet", pandas: "read_parquet")),
    (Array("ARROW1".utf8), ForeignFormat("Arrow (Feather)", pandas: "read_feather")),
    (Array("FEA1".utf8), ForeignFormat("Feather", pandas: "read_feather")),
    ([0xFF, 0xFF, 0xFF, 0xFF, 0x78, 0, 0, 0], arrowStream),
    ([0xFF, 0xFF, 0xFF, 0xFF], arrowStream),
    (Array("ORC".utf8), ForeignFormat("ORC", pandas: "read_orc")),
    ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], ForeignFormat("HDF5", pandas: "read_hdf")),
    ([0xD0, 0xCF, 0x11, 0xE0], ForeignFormat("a workbook of Excel", pandas: "read_excel")),
    (
      Array("SQLite format 3\0".utf8),
      ForeignFormat(
        "a database of SQLite", "sqlite3 -header -csv FILE 'select * from TABLE' > FILE.csv")
    ),
    (Array("BZh".utf8), ForeignFormat("compressed by bzip2", "bunzip2 -k FILE")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], ForeignFormat("compressed by xz", "unxz -k FILE")),
    (Array("RDX".utf8), rData), (Array("RDA".utf8), rData), ([0x58, 0x0A, 0, 0, 0], rData),
    (Array("%PDF-".utf8), ForeignFormat("PDF", "tabula FILE > FILE.csv")),
    ([0x80, 2], pickle), ([0x80, 3], pickle), ([0x80, 4], pickle), ([0x80, 5], pickle),
  ]

  private static let arrowStream = ForeignFormat(
    "an Arrow stream",
    "python3 -c \"import pyarrow; pyarrow.ipc.open_stream('FILE').read_pandas()"
      + ".to_csv('FILE.csv', index=False)\"")
  private static let rData = ForeignFormat(
    "of R", "Rscript -e \"write.csv(readRDS('FILE'), 'FILE.csv', row.names = FALSE)\"")
  private static let pickle = ForeignFormat("a pickle of Python", pandas: "read_pickle")

  /// The format of a file that begins with these bytes; nil where it may be read.
  init?(_ bytes: [UInt8]) {
    if let known = Self.starts.first(where: { bytes.starts(with: $0.start) }) {
      self = known.format
      return
    }
    let blanks = Array(" \t\r\n".utf8)
    let start = bytes.prefix(256).drop { blanks.contains($0) }.prefix(16)
    let text = String(decoding: start, as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype") || text.hasPrefix("<html") {
      self.init(
        "a web page",
        "python3 -c \"import pandas; pandas.read_html('FILE')[0].to_csv('FILE.csv', index=False)\"")
    } else if text.hasPrefix("<?xml") {
      self.init("XML", pandas: "read_xml")
    } else if let first = start.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      // What follows the first bracket of JSON, blanks left out.
      let next = start.dropFirst().first { !blanks.contains($0) }
      guard let next, "{[\"".utf8.contains(next) else { return nil }
      self.init("JSON", pandas: "read_json")
    } else {
      return nil
    }
  }

  /// The format of a zip archive with files of these names; nil where it is none of a program's.
  init?(members names: [String]) {
    if names.contains("[Content_Types].xml") {
      self.init("a workbook of Excel", pandas: "read_excel")
    } else if names.contains("mimetype"), names.contains("content.xml") {
      self.init("a workbook of LibreOffice", pandas: "read_excel")
    } else {
      return nil
    }
  }

  /// The error that names the format, and the command for the file.
  func error(file: String) -> DatasetsError {
    .foreign(file: file, format: name, remedy: remedy.replacing("FILE", with: file))
  }
}
