import Datasets
import Files
import Sweeps

/// What models are judged on: a share of the data, or the rows of a file.
enum ValidationChoice: Equatable {
  case share(Double)
  case file(String)

  static let accepted = "a share between 0 and 1, such as 0.2, or a file of rows"

  /// Reads the text of an option: a number is a share, and what is there, or looks like a path, a file.
  ///
  /// - Throws: `Failure` for what is neither.
  init(_ text: String) throws(Failure) {
    if let share = Double(text) {
      self = .share(share)
    } else if PlanFile.isFile(text) {
      self = .file(text)
    } else {
      throw .usage("--validation cannot be \"\(text)\"; accepted: \(Self.accepted)")
    }
  }

  /// The file; nil for a share.
  var path: String? { if case .file(let path) = self { path } else { nil } }
}

extension DataOptions {
  /// The rows of a file that models are judged on, read as those of the data; `option` names it in errors.
  func validation(
    _ path: String, like loaded: LoadedData, option: String = "--validation"
  ) throws(Failure) -> Dataset {
    do {
      let file = try DataFile(contentsOf: path)
      let dataset = try file.dataset(
        like: loaded.dataset, leftOut: loaded.columns?.leftOut ?? [],
        options: options(like: loaded.dataset))
      _ = try loaded.dataset.matching(dataset, called: path)
      return dataset
    } catch let error as DatasetsError {
      throw Failure(error, file: option)
    } catch let error as RowsMismatch {
      throw Failure(code: .badData, message: "\(option): \(error)")
    } catch {
      throw Failure(error)
    }
  }
}
