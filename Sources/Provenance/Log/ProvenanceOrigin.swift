package import Datasets

/// Where rows come from and on what terms.
package struct ProvenanceOrigin: Sendable, Equatable {
  /// How many rows one source has.
  package struct SourceCount: Sendable, Equatable, Encodable {
    /// The source as the column names it.
    package let name: String
    /// Its rows.
    package fileprivate(set) var rows: Int
  }

  /// Who or what made all rows.
  package var source: String?

  /// The column that says who made each row.
  package var sourceColumn: String?

  /// The sources of that column, in the order in which they first occur.
  package var sources: [SourceCount]

  /// The terms on which the rows may be used, such as CC-BY-4.0.
  package var license: String?

  /// Where the rows were taken from.
  package var url: String?

  /// What else there is to say.
  package var note: String?

  /// Says where rows come from.
  package init(
    source: String? = nil, license: String? = nil, url: String? = nil, note: String? = nil
  ) {
    (self.source, self.license, self.url, self.note) = (source, license, url, note)
    sources = []
  }

  /// Takes the sources from a column of the records.
  ///
  /// - Throws: What `CSVRecords.column` does.
  package mutating func takeSources(
    of records: CSVRecords, from column: ColumnReference
  ) throws(DatasetsError) {
    let texts = try records.column(column)
    sourceColumn = column.text
    // By bytes: equal strings of Swift may differ in normalisation.
    var places: [[UInt8]: Int] = [:]
    sources = []
    for text in texts {
      let key = Array(text.utf8)
      let place = places[key] ?? sources.count
      if place == sources.count {
        places[key] = place
        sources.append(SourceCount(name: text, rows: 0))
      }
      sources[place].rows += 1
    }
  }
}
