extension Chart {
  /// The words that lines or points are told apart by, each with its colour and shape.
  ///
  /// More than there are colours for are others: drawn faintly, and told apart by what a pointer finds.
  struct Series: Sendable {
    /// What is said of the others.
    static let others = "others"

    /// The words in the order of the legend.
    let words: [String]

    /// What others are compared with, in grey.
    let reference: String?

    /// Those that have a colour.
    let shown: [String]

    /// The series of words, of which those that are best are shown where there are too many.
    ///
    /// - Precondition: `best` are some of the words.
    init(_ words: [String], reference: String? = nil, best: [String]? = nil) {
      let own = words.filter { $0 != reference }
      let most = Theme.colors.count
      self.words = words
      self.reference = words.contains { $0 == reference } ? reference : nil
      shown = own.count <= most ? own : Array((best ?? own).prefix(most))
    }

    /// Whether there are more than there are colours for.
    var hasOthers: Bool { shown.count + (reference == nil ? 0 : 1) < words.count }

    /// What the legend calls a word.
    func name(_ word: String) -> String {
      word == reference || shown.contains(word) ? word : Self.others
    }

    /// The names in the legend, with the reference first and the others last.
    var names: [String] {
      (reference.map { [$0] } ?? []) + words.filter(shown.contains)
        + (hasOthers ? [Self.others] : [])
    }

    private var colors: [String] {
      (reference == nil ? [] : [Theme.grey]) + Theme.colors.prefix(shown.count)
        + (hasOthers ? [Theme.faint] : [])
    }

    private var shapes: [String] {
      (reference == nil ? [] : ["circle"])
        + (0..<shown.count).map {
          Theme.shapes[($0 + (reference == nil ? 0 : 1)) % Theme.shapes.count]
        }
        + (hasOthers ? ["circle"] : [])
    }

    /// Colours by the words in a column.
    func color(_ field: String, _ title: String, legend: Channel.Legend? = nil) -> Channel {
      Channel.series(field, title, names, .texts(colors), legend: legend)
    }

    /// Shapes by the words in a column.
    func shape(_ field: String, _ title: String, legend: Channel.Legend? = nil) -> Channel {
      Channel.series(field, title, names, .texts(shapes), legend: legend)
    }
  }
}
