import Files
import LinAlg

extension Dataset {
  /// The digest this set would have if it consisted of `rows`, in that order, and the same names.
  ///
  /// `digest(ofRows: Array(0..<sampleCount))` equals `digest`.
  /// - Precondition: Every index is a row of the set.
  /// - Complexity: O(rows × d).
  public func digest(ofRows rows: [Int]) -> String {
    let digest = Self.digest(
      features: features, labels: labels, rows: rows, classNames: classNames,
      featureNames: featureNames, targetName: targetName, encoding: encoding)
    return Self.digest(digest, groups?.selecting(rows), sampleWeights?.selecting(rows))
  }

  /// The digest of rows with what is known of them besides, from that of the rows.
  static func digest(_ rows: String, _ groups: RowGroups?, _ weights: SampleWeights?) -> String {
    let digest = groups.map { self.digest(rows, $0) } ?? rows
    return weights.map { self.digest(digest, $0) } ?? digest
  }

  private static func digest(_ rows: String, _ weights: SampleWeights) -> String {
    var hasher = CanonicalHasher()
    hasher.append(bytes: "hemlock-dataset-weights-1\n\(rows)".utf8)
    hasher.append(name: weights.column)
    for value in weights.values { hasher.append(word: value == 0 ? 0 : value.bitPattern) }
    return hasher.hexadecimalDigest()
  }

  private static func digest(_ rows: String, _ groups: RowGroups) -> String {
    var hasher = CanonicalHasher()
    hasher.append(bytes: "hemlock-dataset-groups-1\n\(rows)".utf8)
    hasher.append(UInt64(groups.count))
    for name in [groups.column] + groups.names { hasher.append(name: name) }
    for group in groups.indices { hasher.append(UInt32(group)) }
    return hasher.hexadecimalDigest()
  }

  static func digest(
    features: Matrix<Double>, labels: [Int], rows: some Collection<Int>, classNames: [String],
    featureNames: [String], targetName: String, encoding: TableEncoding?
  ) -> String {
    var hasher = CanonicalHasher()
    hasher.append(bytes: "hemlock-dataset-\(encoding == nil ? 1 : 2)\n".utf8)
    for count in [rows.count, features.columns, classNames.count] {
      hasher.append(UInt64(count))
    }
    for name in featureNames + [targetName] + classNames + (encoding.map { [$0.text] } ?? []) {
      hasher.append(name: name)
    }
    let hasGaps = encoding != nil
    for row in rows {
      features.withRow(row) { values in
        for column in values.indices {
          let value = values[column]
          // All gaps are one NaN.
          let pattern = hasGaps && value.isNaN ? Double.nan.bitPattern : value.bitPattern
          hasher.append(word: value == 0 ? 0 : pattern)
        }
      }
    }
    for row in rows {
      hasher.append(UInt32(labels[row]))
    }
    return hasher.hexadecimalDigest()
  }
}

/// SHA-256 over little-endian integers, which it collects into blocks.
private struct CanonicalHasher: ~Copyable {
  private var digest = Digest()
  private var pending: [UInt8] = []
  private var words: [UInt64] = []
  private static let blockSize = 1 << 14

  init() {
    pending.reserveCapacity(Self.blockSize + MemoryLayout<UInt64>.size)
    words.reserveCapacity(Self.blockSize / 8)
  }

  /// Adds one of very many integers.
  mutating func append(word: UInt64) {
    if !pending.isEmpty { flush() }
    words.append(word.littleEndian)
    if words.count == Self.blockSize / 8 { flush() }
  }

  mutating func append(_ value: some FixedWidthInteger & UnsignedInteger) {
    if !words.isEmpty { flush() }
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      pending.append(UInt8(truncatingIfNeeded: value >> shift))
    }
    if pending.count >= Self.blockSize { flush() }
  }

  mutating func append(name: String) {
    append(UInt64(name.utf8.count))
    append(bytes: name.utf8)
  }

  mutating func append(bytes: String.UTF8View) {
    if !words.isEmpty { flush() }
    pending.append(contentsOf: bytes)
  }

  mutating func hexadecimalDigest() -> String {
    flush()
    return digest.finish().hexadecimal
  }

  private mutating func flush() {
    // Never are both there.
    digest.update(pending)
    digest.update(littleEndian: words)
    pending.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }
}
