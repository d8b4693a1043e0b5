import ArgumentParser
import Datasets
import Defenses
import Files
import Foundation
import Models
import Poisoning
import Provenance
import Publishing
import Reporting
import Sweeps
import Tracking

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Poisons one training set, defends it, fits one model and judges it on clean rows.",
    discussion: """
      The run is tracked in MLflow with its metrics, data sets, confusion matrix and the model as \
      ONNX, which mlflow.pyfunc loads.

      Examples:
        runner train --model rbf-svm --poison 0.1 --seed 7
        runner train --data flowers.csv --target species --poison 0.1 --dump run1
        runner train --attack flip --poison 0.2 --defense knn-relabel
        runner train --defense dp-sgd --trusted 0.1 --scaler-fit vouched --secret
        runner train --model rbf-svm --poison 0.1 --register iris-rbf
      """)

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "The model: \(ModelCatalog.names.joined(separator: ", ")).", valueName: "name"))
  var model = "softmax"

  @OptionGroup(title: "Model parameters") var modelOptions: ModelOptions

  @OptionGroup var attackOption: AttackOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the training rows that is poisoned, from 0 to 1. (default: 0)", valueName: "share"),
    transform: number("a share from 0 to 1, such as 0.05 for 5 %"))
  var poison = 0.0

  @OptionGroup var defenseOption: DefenseOption

  @Flag(
    help: ArgumentHelp(
      "Take the noise of dp-sgd or objective-perturbation from the system: for a model that is to be "
        + "released. It is kept nowhere, so no other run gives this model."))
  var secret = false

  @OptionGroup(title: "Study") var studyOptions: StudyOptions

  @Option(
    help: ArgumentHelp(
      "Folder for train.csv, validation.csv, predictions.csv and run.json, by which other tools "
        + "can check the run.", valueName: "folder"))
  var dump: String?

  @Option(
    help: ArgumentHelp(
      "The folder of a log of provenance in which split, attack, defence and fit are recorded with "
        + "the files of --dump; see `runner provenance`.", valueName: "folder"))
  var provenance: String?

  @Option(
    help: ArgumentHelp("File for the model, as ONNX.", valueName: "file"))
  var export: String?

  @OptionGroup(title: "Tracking") var tracking: TrackingOptions

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    _ = try tracking.uri()
    try FolderOption.requireName(provenance, "--provenance")
    guard provenance == nil || dump != nil else {
      throw Failure.usage("--provenance records the files of --dump, so name a folder by it too")
    }
    let threads = try runOptions.threadCount()
    let name = try named(model, option: "--model", among: ModelCatalog.names)
    let judged = try ValidationChoice(studyOptions.validation)
    let (scaler, policy) = try (studyOptions.scalerKind(), studyOptions.scalerPolicy())
    let parameters = try modelOptions.parameters()
    let loaded = try data.load()
    let dataset = loaded.dataset
    let choice = try ModelChoice(name, defaults: parameters)
    let condition = Condition(
      attack: try attackOption.chosen(for: dataset), level: try PoisonLevel(poison),
      defense: try defenseOption.chosen(for: dataset))
    let validation = try judged.path.map { try data.validation($0, like: loaded) }
    let share: Double = if case .share(let share) = judged { share } else { 0 }
    let study = try Study(
      dataset: dataset, validation: validation, validationShare: share,
      trustedShare: studyOptions.trusted, scaler: scaler, scalerPolicy: policy,
      conditions: [condition], models: [choice])
    guard !secret || study.learner(choice, in: condition, seed: 0, secretly: true) != nil else {
      throw Failure.usage(
        "--secret is for training whose noise hides rows; choose --defense dp-sgd or "
          + "objective-perturbation")
    }
    if dump != nil, let name = RunDump.clash(with: dataset) {
      throw Failure.usage(
        "--dump writes a column \(name) of its own, and the data have one; rename it, or leave it "
          + "out by --ignore \(name)")
    }
    let folder = try dump.map { path in
      try FolderOption("--dump", path, files: RunDump.names, data: data.data).open()
    }

    let suspicions = loaded.suspicions(of: study)
    SuspicionNotice(suspicions).show()
    let exported = try export.map { try ExportOption($0) }
    let tracker = try Tracker(tracking.place, dataset: dataset.name)
    let live = LiveRun()
    let identity = ["hemlock.kind": "fit", "hemlock.run": UUID().uuidString]
    if let tracker {
      try tracker.begin(identity, name: FitDocument.name(choice, condition), as: live)
    }
    let interruption = Interruption(
      finished: "stopped while printing",
      cleanUp: { live.end(as: .killed, error: "stopped by a signal") })
    do {
      let start = currentMilliseconds()
      let waiting = Waiting(
        "fitting \(choice.name) to \(Numbers.grouped(study.trainingCounts[0])) rows of "
          + dataset.name)
      defer { waiting.end() }
      guard
        let fit = Fit(
          study, condition, choice, seed: runOptions.seed, secretly: secret, threads: threads)
      else {
        throw Failure(
          code: .badData,
          message:
            "--defense: \(condition.defense.specification) calls all \(study.trainingCounts[0]) "
            + "training rows suspicious, so none is left to learn from; accepted: one that removes fewer, such as with a lower "
            + "rate or alpha")
      }
      let target = fit.target(threads: threads)
      waiting.end()
      if let folder {
        try RunDump.write(fit, target: target, to: folder)
        try recordSteps(fit, judged: judged.path)
      }
      if let file = exported?.file {
        try file.append(FitDocument.graph(fit))
        try file.publish()
      }
      if let warning = fit.warning { Console.note("warning: \(warning)") }
      try Console.show(
        RunRecord(fit, target: target, withModel: false, suspicions: suspicions),
        json: runOptions.json, fit.lines(target: target, areVouched: loaded.isKnown))
      if let warning = fit.defenseWarning { Console.note(warning) }
      if let privacy = fit.privacy {
        PrivacyNotice.show(privacy, defense: condition.defenseName)
        if privacy.guarantee != nil, !secret {
          Console.note("To release a model with this guarantee, train it with --secret.")
        }
      }
      if let tracker {
        let document = FitDocument(
          fit, target: target, identity: identity, origin: tracker.origin, data: data.origin,
          registration: tracking.register, renderer: tracker.renderer,
          times: (start: start, end: currentMilliseconds()), threads: threads)
        try interruption.finish {
          try tracker.publisher.publish(document.run, as: live.run)
          live.forget()
          if !document.hasPictures { Console.note(ChartRenderer.advice) }
          try tracker.close("tracked: \(document.run.name)")
        }
      }
    } catch {
      let failure = Failure(error)
      live.end(as: .failed, error: failure.message)
      throw failure
    }
  }

  /// Records what became of the rows, if that is asked for.
  private func recordSteps(_ fit: Fit, judged: String?) throws(Failure) {
    guard let provenance, let dump else { return }
    try ProvenanceLog(provenance).record(written: dump) {
      var input = try data.recorded()
      if input == nil {
        let records = try CSVRecords(
          bytes: Array(fit.study.dataset.csv().utf8), file: data.data)
        input = ProvenanceStep.Table(TableVersion(records), path: nil)
      }
      let other = try judged.map { (path) throws(DatasetsError) in
        let options = data.options(like: fit.study.dataset)
        return ProvenanceStep.Table(
          try TableVersion(contentsOf: path, options: options), path: path)
      }
      return try input.map { (input) throws(DatasetsError) in
        try RunDump.steps(fit, input: input, judged: other, in: dump)
      } ?? []
    }
  }
}
