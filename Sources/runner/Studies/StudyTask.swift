import Datasets
import Poisoning
import Sweeps
import Validation

/// A study that a command is to run.
struct StudyTask {
  let study: Study

  let request: StudyRequest

  let firstSeed: UInt32

  let data: DataOptions

  /// The file whose rows models are judged on; nil where those are rows of the data.
  let validation: String?

  /// What makes accuracy on the data doubtful.
  let suspicions: [Suspicion]

  init(_ plan: StudyPlan, data: DataOptions) throws(Failure) {
    do {
      let loaded = try Self.specimen(plan, data) ?? data.load()
      let judged = try plan.validationFile.map { try data.validation($0, like: loaded) }
      try self.init(plan.study(of: loaded.dataset, validation: judged), plan, data, loaded)
    } catch {
      throw Failure(
        error, levels: "--levels", attacks: plan.attackOption, defenses: "--defenses")
    }
  }

  private init(
    _ planned: StudyPlan.Planned, _ plan: StudyPlan, _ data: DataOptions, _ loaded: LoadedData
  ) {
    (firstSeed, validation) = (plan.firstSeed, plan.validationFile)
    (study, request) = (planned.study, planned.request)
    suspicions = loaded.suspicions(of: planned.study)
    self.data = data
  }

  /// What to add so that targeted attacks have a clean model to compare with; nil where there is one.
  var missingLevel: String? {
    let conditions = study.conditions
    let isAlone = !conditions.contains { $0.attackName == "none" && $0.defenseName == "none" }
    let targeted = conditions.first { $0.attack.threat.goal != .availability && $0.level != .clean }
    guard isAlone, let targeted else { return nil }
    return "\(targeted.attackName) has no clean model to compare with; add 0 to "
      + (request.planText == nil ? "--levels" : "levels in the plan")
  }

  /// The tasks of a plan file, one a data set; seeds that options ask for come before what it says.
  static func all(
    in path: String, kind: StudyRequest.Kind, seeds: ExtentOptions
  ) throws(Failure) -> [StudyTask] {
    do {
      var file = try PlanFile(contentsOf: path, kind: kind)
      let given = seeds.given.joined(separator: " ")
      if !given.isEmpty {
        Console.note("\(given) instead of what \(path) says")
        file.plan.seeds = file.plan.seeds.replaced(by: seeds.wish)
      }
      return try file.plan.data.map { source in
        let data = DataOptions(source)
        let loaded: LoadedData
        do {
          loaded = try specimen(file.plan, data) ?? data.read()
        } catch let error as DatasetsError {
          guard let refusal = file.refusal(error, of: source) else {
            throw Failure(ofPlan: error)
          }
          throw error.isInputOutput
            ? Failure(code: .inputOutput, message: "\(refusal)") : Failure(refusal)
        }
        let judged = try file.plan.validationFile.map {
          try data.validation($0, like: loaded, option: "\(path): validation")
        }
        return StudyTask(
          try file.study(of: loaded.dataset, validation: judged), file.plan, data, loaded)
      }
    } catch {
      throw Failure(error, levels: "levels")
    }
  }

  /// The rows that stand for a generator which takes no data; nil for others.
  private static func specimen(
    _ plan: StudyPlan, _ data: DataOptions
  ) throws(Failure) -> LoadedData? {
    guard plan.kind == .curves, let generator = plan.curves.generator,
      let specimen = generator.specimen
    else { return nil }
    guard data.data == EmbeddedDataset.iris.rawValue, data.columns.target == nil, data.sample == nil
    else {
      throw .usage(
        "--generator \(generator.rawValue) takes no data; leave out --data, or choose gaussian, "
          + "bootstrap, copula or none")
    }
    return LoadedData(dataset: specimen, isKnown: true)
  }

  /// Refuses options beside a plan, which says the same.
  static func refuse(_ options: [String], beside plan: String) throws(Failure) {
    guard let clash = options.first(where: { CommandLine.count(of: $0) > 0 }) else { return }
    throw .usage("\(clash) cannot be given beside a plan; change it in \(plan)")
  }

  /// The options that every plan takes the place of.
  static let planned =
    [
      "--data", "--target", "--ignore", "--group", "--weights", "--sample", "--attacks", "--levels",
      "--defenses",
      "--models", "--C", "--gamma", "--n-neighbors", "--tol", "--validation", "--trusted",
      "--scaler",
      "--scaler-fit", "--seed",
    ] + DialectOption.names
}

extension StudyPlan {
  fileprivate var attackOption: String {
    kind == .experiment || kind == .mitigation && attacks == ["uniform"] ? "--attack" : "--attacks"
  }
}
