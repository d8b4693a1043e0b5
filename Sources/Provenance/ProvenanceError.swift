package import Datasets
import Documents

/// Why something about provenance cannot be done.
package enum ProvenanceError: Error, Equatable, Sendable {
  /// A file or folder cannot be read.
  case unreadable(path: String, reason: String)

  /// A file or folder cannot be written.
  case unwritable(path: String, reason: String)

  /// Another process is writing to the log; `owner` says which, where it has said so.
  case locked(folder: String, owner: String?)

  /// There is no log in the folder.
  case noLog(folder: String)

  /// A file cannot be divided into rows.
  case data(DatasetsError)

  /// The log is not what was written: where, and what is wrong.
  case broken(folder: String, place: String, problem: String)

  /// No version begins so.
  case unknownVersion(String, known: [String])

  /// Several versions begin so.
  case ambiguousVersion(String, matches: [String])

  /// The log does not know the file.
  case unknownFile(path: String, folder: String)

  /// Only the hashes of the rows of a version are kept.
  case noContent(version: String)

  /// The version was never a file, so it does not say where to write it.
  case noPath(version: String)

  /// There is a file already.
  case exists(path: String)

  /// There is no such row.
  case noRow(Int, rowCount: Int)

  /// A pointer of DVC is there that says more than ours would.
  case foreignPointer(path: String)

  /// A proof cannot be read.
  case badProof(path: String, reason: String)
}

extension ProvenanceError {
  /// Whether the outside world is at fault, so that the same command may work later.
  package var isInputOutput: Bool {
    switch self {
    case .unreadable, .unwritable, .locked, .noLog: true
    case .data(let error): error.isInputOutput
    default: false
    }
  }

  /// Whether an option or argument is at fault.
  package var isUsage: Bool {
    switch self {
    case .unknownVersion, .ambiguousVersion, .unknownFile, .noPath, .exists, .noRow: true
    case .data(let error): error.isUsage
    default: false
    }
  }
}

extension ProvenanceError: CustomStringConvertible {
  /// What is wrong, where, and what would be accepted, in one line.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path.quotedExcerpt) cannot be read: \(reason)"
    case .unwritable(let path, let reason):
      "\(path.quotedExcerpt) cannot be written: \(reason)"
    case .locked(let folder, let owner):
      "\(folder.quotedExcerpt) is being written by \(owner ?? "another process"); wait until it "
        + "has ended"
    case .noLog(let folder):
      "there is no log in \(folder.quotedExcerpt); runner provenance add FILE begins one, --log "
        + "names another folder"
    case .data(let error): "\(error)"
    case .broken(let folder, let place, let problem):
      "the log in \(folder.quotedExcerpt) is broken: \(place): \(problem); runner provenance "
        + "verify names all that is"
    case .unknownVersion(let prefix, let known):
      "\(prefix.quotedExcerpt) is neither a file nor the beginning of a version; versions: "
        + known.joined(separator: ", ")
    case .ambiguousVersion(let prefix, let matches):
      "\(prefix.quotedExcerpt) begins several versions: \(matches.joined(separator: ", ")); give "
        + "more digits"
    case .unknownFile(let path, let folder):
      "no entry of the log in \(folder.quotedExcerpt) names \(path.quotedExcerpt); runner "
        + "provenance add FILE takes it in"
    case .noContent(let version):
      "of version \(version) only the hashes of the rows are kept, so it cannot be given back"
    case .noPath(let version):
      "version \(version) was never a file; name one by --output"
    case .exists(let path):
      "\(path.quotedExcerpt) is there already and would be replaced; name another file by --output"
    case .noRow(let row, let count):
      "there is no row \(row); accepted: 1 to \(count)"
    case .foreignPointer(let path):
      "\(path.quotedExcerpt) says more than a pointer of this program would; let dvc add write it"
    case .badProof(let path, let reason):
      "\(path.quotedExcerpt) is no proof: \(reason); runner provenance prove writes one"
    }
  }
}
