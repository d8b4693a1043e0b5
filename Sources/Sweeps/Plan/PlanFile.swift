public import Datasets
import Defenses
public import Documents
import Files
import Poisoning

/// A plan read from a YAML file, and where in the file its values are.
///
/// Keys are those of the command line's options with `_` for `-`; what is left out has the same
/// default. Lists of one value may be written as that value.
///
///     data: flowers.csv          # a built-in set or a file, relative to the plan's folder;
///                                # or a list of such, each a study of its own, of which some may
///                                # be as {file: a.csv, target: y, ignore: [a, b], header: false}
///     target: species            # of files: also ignore: [a, b], group: person,
///                                # weights: w and header: false
///     encode: [zip=hash:32]      # of files: how columns become numbers; also missing, missing_text
///     sample: 1000               # so many rows of each set
///     attacks: [uniform, "out-of-range:kappa=100"]
///     levels: [0, 0.05, 0.10, 0.50]
///     defenses: [lof, "trim:rate=0.1", validate+enn]    # each beside no defence; all for every one
///     models:
///       - softmax
///       - rbf-svm: {C: [1, 10], gamma: 0.5}    # lists make a grid
///     validation: 0.2            # or a file of rows, relative to the plan's folder
///     trusted: 0.1               # of the other rows, for defences that need some
///     scaler: standard
///     scaler_fit: poisoned
///     seed: 0
///     seeds: 10000
///     until_ci: 0.001
///     max_seeds: 1000000
///
/// An experiment takes `attack` in place of `attacks`, which make it a tournament. Curves also have
/// `generator`, `rows`, `added` and `validation_rows`.
public struct PlanFile: Sendable {
  /// What the file says.
  public var plan: StudyPlan

  /// The place of the value of each key that is there.
  let places: [PlanKey: FileLocation]

  /// The places of what is said of each data set alone.
  var dataPlaces: [[String: FileLocation]] = []

  var attackPlaces: [FileLocation] = []

  var defensePlaces: [FileLocation] = []

  /// The file as errors call it.
  let file: String

  /// Reads a file; at most 1 MB is read.
  ///
  /// - Throws: `DocumentError` with the file, line and column of what is wrong.
  public init(
    contentsOf path: String, kind: StudyRequest.Kind = .sweep
  ) throws(DocumentError) {
    try self.init(
      DocumentText(contentsOf: path, Self.kind),
      folder: path.parentPath, kind: kind)
  }

  /// Reads a text as if it were that of `file`.
  package init(
    _ text: String, file: String, kind: StudyRequest.Kind = .sweep
  ) throws(DocumentError) {
    try self.init(DocumentText(text, file: file, Self.kind), folder: "", kind: kind)
  }

  private static let kind = DocumentKind(
    "plan", whereEmpty: "it must hold keys such as \"models: [softmax, knn]\"")

  private init(
    _ text: DocumentText, folder: String, kind: StudyRequest.Kind
  ) throws(DocumentError) {
    file = text.file
    guard let pairs = text.root.pairs else {
      throw text.root.error(
        "\(text.root.found) is not a plan; "
          + "it must be a mapping of keys to values, such as \"seeds: 1000\"")
    }
    plan = StudyPlan(kind)
    plan.text = text.source
    let values = try DocumentMapping<PlanKey>(pairs)
    places = values.places
    try readData(values, folder: folder)
    try readGrid(values)
    try readCurves(values)
    try readStudy(values, folder: folder)
    try readSeeds(values)
  }

  /// Where a key is, or else the file begins.
  func place(of key: PlanKey, or other: PlanKey? = nil) -> FileLocation {
    places[key] ?? other.flatMap { places[$0] } ?? FileLocation(file: file, line: 1)
  }

  /// The study of the plan for a data set.
  ///
  /// - Throws: `DocumentError.refused` at the place of what the data do not allow.
  public func study(
    of dataset: Dataset, validation: Dataset? = nil
  ) throws(DocumentError) -> StudyPlan.Planned {
    for (attack, place) in zip(plan.attacks, attackPlaces) where attack != "all" {
      _ = try converting(try AttackCatalog.attack(attack, for: dataset)) {
        (error: SpecificationError) in
        DocumentError(at: place, "attacks: \("\(error)".continued)")
      }
    }
    for (defense, place) in zip(plan.defenses, defensePlaces) where defense != "all" {
      _ = try converting(try DefenseCatalog.chain(defense, for: dataset)) {
        (error: SpecificationError) in
        DocumentError(at: place, "defenses: \("\(error)".continued)")
      }
    }
    do {
      return try plan.study(of: dataset, validation: validation)
    } catch {
      let key: PlanKey =
        switch error {
        case .dataset(.trustedShareOutOfRange), .dataset(.trustedTooLarge),
          .dataset(.groupsWithoutTrusted):
          .trusted
        case .dataset(.groupsTooFew): .group
        case .noVouchedRows: .scalerFit
        case .dataset, .validation, .sharedGroups: .validation
        case .validationOfGenerator, .rowColumnOfGenerator: .generator
        case .tooManyNeighbors, .tooManyCells: .models
        case .rowsNotThere, .baseOutOfRange, .noRowsToAdd: .rows
        case .poisoning, .noPoisonLevel: .levels
        case .noAttack: .attacks
        case .specification(let error): error.kind == .attack ? .attacks : .defenses
        case .defenseWithoutModel, .noDefense: .defenses
        case .extent(let error): throw refusal(error)
        }
      throw refusal(of: key, dataset, "\(error)")
    }
  }

  /// What is wrong with the way some of the data are to be read, in the plan's words.
  ///
  /// Nil where the plan is not at fault.
  public func refusal(_ error: DatasetsError, of source: DataSource) -> DocumentError? {
    guard error.isUsage || error.isInputOutput else { return nil }
    let key: PlanKey =
      switch error {
      case .unreadableFile, .notInstalled, .targetMissing: .data
      case .sampleOutOfRange: .sample
      case .unknownLabels, .noLabelsFile: source.target == nil ? .data : .target
      case .unknownColumn(_, let reference, _, _):
        source.target == reference
          ? .target
          : source.group == reference
            ? .group
            : source.weights == reference ? .weights : .ignore
      case .twoParts(_, _, let parts): parts.last == "weights" ? .weights : .group
      case .noRowColumns(_, let part, _): part == "weights" ? .weights : .group
      case .encoding(let problem):
        problem.key.flatMap { PlanKey(rawValue: $0.rawValue) } ?? .data
      default: .ignore
      }
    let own = zip(plan.data, dataPlaces).first { $0.0 == source }?.1[key.rawValue]
    return refusal(of: key, nil, "\(error)", at: own)
  }

  private func refusal(
    of key: PlanKey, _ dataset: Dataset?, _ reason: String, at place: FileLocation? = nil
  ) -> DocumentError {
    // Of several data sets it must be said which does not fit.
    let which = plan.data.count > 1 ? dataset.map { " (data \($0.name))" } ?? "" : ""
    return DocumentError(
      at: place ?? self.place(of: key), "\(key.rawValue)\(which): \(reason.continued)")
  }

  /// What is wrong with the seeds that are asked for.
  func refusal(_ error: SweepExtentError) -> DocumentError {
    DocumentError(at: place(of: error.key, or: .seeds), "\(error)")
  }
}

extension String {
  /// The sentence as it stands after a colon.
  var continued: String { prefix(1).lowercased() + dropFirst() }
}
