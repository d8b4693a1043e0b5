public import Datasets
public import Sweeps

extension SweepStore {
  /// The study that the store belongs to, from the same data: all conditions × all models that were ever
  /// asked for, of which the store need not have every cell.
  ///
  /// Where its models are judged on the rows of a file, `validation` must be these.
  /// - Throws: `StoreError.otherStudy` for other data, or other rows to judge on; `.otherEngine` where this program's results
  ///   would have other bits; `.damaged` where the stored plan cannot be read.
  public func study(
    of dataset: Dataset, validation: Dataset? = nil
  ) throws(StoreError) -> Study {
    guard dataset.digest == plan.datasetDigest else {
      throw .otherStudy(
        path: file.path, key: "dataset.digest", stored: plan.datasetDigest, wanted: dataset.digest)
    }
    let judged = plan.study?.validation?.digest
    guard judged == validation?.digest else {
      throw .otherStudy(
        path: file.path, key: "validation.digest", stored: judged, wanted: validation?.digest)
    }
    guard plan.engineVersion == StudyEngine.version else {
      throw .otherEngine(
        path: file.path, found: plan.engineVersion, expected: StudyEngine.version)
    }
    do {
      let study = try StudyIdentity(text: plan.identity).study(
        of: dataset, validation: validation)
      let again = StudyIdentity(study, firstSeed: plan.firstSeed)
      guard again.text == plan.identity else {
        throw StoreError.damaged(path: file.path, reason: "its plan does not describe itself")
      }
      return study
    } catch let error as StoreError {
      throw error
    } catch {
      throw .damaged(path: file.path, reason: "its plan cannot be carried out: \(error)")
    }
  }

  /// The largest number of seeds that a cell of a study has, whose other cells may be missing.
  public func seedCount(of study: Study) throws(StoreError) -> Int {
    let wanted = Set(study.storedCells)
    var most = 0
    for (place, cell) in cells.enumerated() where wanted.contains(cell) {
      most = max(most, try correctCounts(ofCell: place).counts.count)
    }
    return most
  }

  /// The places in a study of the cells of the store, in the order of the store; nil for one that the study
  /// does not have.
  public func cells(in study: Study) -> [CellIndex?] {
    let places = Dictionary(
      study.storedCells.enumerated().map { ($1, study.cell($0)) }, uniquingKeysWith: { a, _ in a })
    return cells.map { places[$0] }
  }
}
