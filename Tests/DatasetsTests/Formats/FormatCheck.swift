import Datasets
import Foundation
import LinAlg
import Testing

/// Expects that a set has the rows of a reference, bit for bit, and its classes in order.
func expect(
  _ set: Dataset, _ table: FormatsReference.Table, _ location: SourceLocation = #_sourceLocation
) {
  let bits = table.features.joined().map(\.bitPattern)
  #expect(
    set.features.elements.map(\.bitPattern) == bits, "\(table.name)", sourceLocation: location)
  #expect(
    set.labels.map { set.classNames[$0] } == table.labels, "\(table.name)",
    sourceLocation: location)
  let numbers = set.classNames.compactMap { Int($0) }
  #expect(
    numbers == numbers.sorted() && (numbers.isEmpty || numbers.count == set.classCount),
    "\(table.name)", sourceLocation: location)
  #expect(
    set.featureNames == (0..<set.featureCount).map { "column_\($0)" }, sourceLocation: location)
}

/// What a file is refused for, which must be one line and end in what would be accepted.
func refusal(
  _ bytes: [UInt8], _ path: String, _ options: TableOptions = TableOptions(),
  _ location: SourceLocation = #_sourceLocation
) -> String {
  do throws(DatasetsError) {
    _ = try DataFile(path: path, bytes, limit: options.memoryLimit ?? 1 << 30)
      .dataset(options: options)
    Issue.record("\(path) is read", sourceLocation: location)
    return ""
  } catch {
    let text = error.description
    #expect(!text.contains { $0.isNewline }, sourceLocation: location)
    #expect(text.contains(path), "\(text)", sourceLocation: location)
    #expect(text.contains(";"), "\(text)", sourceLocation: location)
    return text
  }
}

/// A folder for the time of a test.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "formats-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path(percentEncoded: false))
}
