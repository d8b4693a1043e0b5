import Files
import Foundation
import Reporting
import Store
import Sweeps

/// Where the store of an experiment is among its results.
///
/// It is `study.sqlite` from its first fit on. Where that is the store of other data and complete, or has more
/// seeds than are wanted, it stays until the new one is complete, too; where it is that of other data and not
/// complete, the experiment is refused.
struct ExperimentStore {
  let name: String

  private let folder: ResultsFolder

  /// Finds the place of the store of a study in a folder of results.
  ///
  /// - Throws: `Failure` where the folder holds an experiment that another command has not finished.
  init(_ task: StudyTask, in folder: ResultsFolder) throws {
    self.folder = folder
    let final = folder.path(of: ExperimentFiles.store)
    let next = folder.path(of: Self.next)
    guard DurableFile.exists(final) else {
      name = ExperimentFiles.store
      return
    }
    if let error = Self.refusal(final, task) {
      switch error {
      case .otherStudy, .otherEngine, .otherSchema: break
      default: throw Failure(error, isReading: false)
      }
      guard Self.isComplete(final) else { throw Self.unfinished(error) }
    } else if try !Self.hasMoreSeeds(final, task) {
      name = ExperimentFiles.store
      return
    }
    if DurableFile.exists(next) {
      if let error = Self.refusal(next, task) { throw Self.unfinished(error) }
      guard try !Self.hasMoreSeeds(next, task) else {
        throw Failure(
          code: .badConfiguration,
          message:
            "\(next) is a study of more seeds that is not finished: the command that began it "
            + "goes on; or choose another --results")
      }
    }
    name = Self.next
  }

  /// The name of a store that is to take the place of another when it is complete.
  private static let next = "study-next.sqlite"

  func putInPlace() throws {
    guard name != ExperimentFiles.store else { return }
    let (file, final) = (folder.path(of: name), folder.path(of: ExperimentFiles.store))
    // Safe: the paths are strings. POSIX's rename replaces in one step.
    guard unsafe rename(file, final) == 0 else {
      throw Failure(
        code: .inputOutput,
        message: "\(final) cannot be replaced: \(unsafe String(cString: strerror(errno)))")
    }
  }

  /// Why a store cannot hold a study; nil where it can.
  private static func refusal(_ path: String, _ task: StudyTask) -> StoreError? {
    do {
      try SweepStore.check(path, takes: task.study, firstSeed: task.firstSeed)
      return nil
    } catch {
      return error
    }
  }

  /// Whether a store has all that its last command wanted; one of before commands said so has.
  private static func isComplete(_ path: String) -> Bool {
    guard let store = try? SweepStore(reading: path) else { return true }
    defer { try? store.close() }
    guard (try? store.request()) != nil else { return true }
    return (try? store.progress())??.isDone ?? false
  }

  /// Whether a store has more seeds of some cell than are wanted, so that it cannot show those alone.
  private static func hasMoreSeeds(_ path: String, _ task: StudyTask) throws -> Bool {
    let store = try SweepStore(reading: path)
    defer { try? store.close() }
    return try store.seedCount(of: task.study) > task.request.extent.maximumSeedCount
  }

  private static func unfinished(_ error: StoreError) -> Failure {
    let failure = Failure(error, isReading: false)
    return Failure(
      code: failure.code,
      message:
        "\(failure.message). It is not finished: the command that began it goes on; or choose "
        + "another --results")
  }
}
