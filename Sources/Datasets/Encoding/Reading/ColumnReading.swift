import Documents

/// How the fields of one column of a file become numbers.
struct ColumnReading: Sendable {
  /// What a field is.
  enum Kind: Sendable {
    case ignored
    case target
    case number
    case date
    /// Two words in lower case.
    case boolean(no: [UInt8], yes: [UInt8])
    case onehot(TextCodes)
    case ordinal(TextCodes)
    case hash(Int)
  }

  /// What becomes of a field without a value.
  enum Gap: Sendable {
    /// It is refused.
    case refused
    /// Its row is left out.
    case dropped
    /// It stays open, to be filled in later.
    case open
    /// It stays open, and the next column says so.
    case indicated
    /// It has a column of its own, the last of the group.
    case category
    /// It is none of the texts that are known: all columns of the group are 0.
    case unknown
  }

  let kind: Kind

  var gap = Gap.refused

  /// The first of the columns of numbers.
  var start = 0

  /// How many there are of them.
  var width = 0

  /// Whether what is read are the numbers of the file, as they would be without any encoding.
  var isPlain: Bool {
    switch (kind, gap) {
    case (.number, .refused), (.target, .refused), (.ignored, _): true
    default: false
    }
  }

  /// How a column is read that has an encoding.
  init(_ encoding: ColumnEncoding, start: Int, policy: GapPolicy?) {
    kind =
      switch encoding.kind {
      case .ignored: .ignored
      case .number: .number
      case .date: .date
      case .boolean:
        .boolean(
          no: Array(encoding.values[0].lowercased().utf8),
          yes: Array(encoding.values[1].lowercased().utf8))
      case .onehot: .onehot(TextCodes(encoding.values))
      case .ordinal: .ordinal(TextCodes(encoding.values))
      case .hash: .hash(encoding.values.count)
      }
    (self.start, width) = (start, encoding.width)
    switch policy {
    case .drop: gap = .dropped
    case .error: gap = .refused
    case .median, .indicator, nil:
      if encoding.isGroup {
        gap = encoding.gap == nil ? .unknown : .category
      } else if let open = encoding.gap {
        gap = open.isIndicated ? .indicated : .open
      }
    }
  }

  /// How the target is read, or a column that is left out.
  init(_ kind: Kind, gap: Gap = .refused) { (self.kind, self.gap) = (kind, gap) }
}

extension ColumnReading.Kind {
  /// What a column holds that are no numbers, as errors name it; nil where any text is accepted, or none.
  var accepted: String? {
    switch self {
    case .date: "dates such as 2025-03-01 or 2025-03-01T12:30"
    case .boolean(let no, let yes):
      "\(String(decoding: no, as: UTF8.self)) and \(String(decoding: yes, as: UTF8.self))"
    case .ordinal(let codes):
      "\(codes.count) texts, as \(codes.texts.prefix(3).map { String(decoding: $0, as: UTF8.self).quotedExcerpt }.joined(separator: ", "))"
    case .ignored, .target, .number, .onehot, .hash: nil
    }
  }
}
