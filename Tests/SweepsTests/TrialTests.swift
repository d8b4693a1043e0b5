import Datasets
import LinAlg
import Models
import Poisoning
import Sweeps
import Testing

struct TrialTests {
  private static func study(
    _ embedded: EmbeddedDataset = .iris, attacks: [String] = attackTexts,
    shares: [Double] = [0, 0.1, 0.4], scaler: ScalerKind = .standard,
    policy: ScalerPolicy = .poisoned
  ) throws -> Study {
    let dataset = embedded.load()
    return try Study(
      dataset: dataset, validationShare: 0.3, trustedShare: policy == .vouched ? 0.1 : 0,
      scaler: scaler, scalerPolicy: policy,
      conditions: possibleConditions(attacks, shares, for: dataset, validationShare: 0.3),
      models: ModelCatalog.names.map { kind in try ModelChoice(kind) })
  }

  @Test(arguments: [EmbeddedDataset.iris, .wine], ScalerPolicy.allCases)
  func atLevelZeroEveryAttackIsClean(_ embedded: EmbeddedDataset, _ policy: ScalerPolicy) throws {
    let study = try Self.study(embedded, shares: [0], policy: policy)
    for seed in 0..<UInt32(3) {
      let context = study.trial(study.conditions[0], seed: seed)
      let training = TrainingSet(study.dataset, rows: context.split.train)
      #expect(bits(context.training.features) == bits(training.features))
      #expect(context.training == training && context.patch.rows.isEmpty)
      let results = study.results(seed: seed)
      for (index, condition) in study.conditions.enumerated() {
        let trial = study.trial(condition, seed: seed)
        #expect(TrialBits(trial) == TrialBits(context), "\(condition.attack.name)")
        let range = index * study.models.count..<(index + 1) * study.models.count
        #expect(Array(results[range]) == Array(results[0..<study.models.count]))
      }
    }
  }

  @Test(arguments: [EmbeddedDataset.iris, .wine], ScalerKind.allCases)
  func validationRowsStayAsTheyWere(_ embedded: EmbeddedDataset, _ scaler: ScalerKind) throws {
    let study = try Self.study(
      embedded, attacks: attackTexts + learningAttackTexts, shares: [0, 0.1], scaler: scaler)
    let dataset = embedded.load()
    for condition in study.conditions {
      let trial = study.trial(condition, seed: 11)
      let digest = dataset.digest(ofRows: trial.split.validation)
      _ = trial.evaluate(study.models[0].learner)
      #expect(study.dataset.digest(ofRows: trial.split.validation) == digest)
      let original = dataset.features.selectingRows(trial.split.validation)
      #expect(bits(trial.validationFeatures) == bits(trial.scaler.transform(original)))
      #expect(trial.validationLabels == trial.split.validation.map { dataset.labels[$0] })
    }
    #expect(study.dataset.digest == dataset.digest)
  }

  @Test(arguments: ScalerKind.allCases, ScalerPolicy.allCases)
  func scalersAreFittedAsTheStudySays(_ kind: ScalerKind, _ policy: ScalerPolicy) throws {
    let study = try Self.study(scaler: kind, policy: policy)
    for condition in study.conditions {
      let trial = study.trial(condition, seed: 12)
      let clean = TrainingSet(study.dataset, rows: trial.split.train)
      let vouched = TrainingSet(study.dataset, rows: trial.split.trusted)
      let reference: TrainingSet =
        switch policy {
        case .poisoned: trial.training
        case .trusted: clean
        case .vouched: vouched
        }
      #expect(trial.scaler == Scaler(kind, fittedTo: reference.features))
      #expect(bits(trial.problem.features) == bits(trial.scaler.transform(trial.training.features)))
      let isMoved = policy != .vouched && trial.scaler != Scaler(kind, fittedTo: clean.features)
      let isChanged = bits(trial.training.features) != bits(clean.features)
      let canMove = kind != .none && policy == .poisoned && isChanged
      // Means move with any row; medians may stay where they were.
      #expect(isMoved == canMove || (kind == .robust && !isMoved))
    }
  }

  @Test func rowsGoToTrainingOrToValidation() throws {
    let study = try Self.study()
    for seed in 0..<UInt32(10) {
      for condition in study.conditions {
        let trial = study.trial(condition, seed: seed)
        let isTaken = Set(trial.patch.rows)
        let train = trial.split.train
        switch condition.attack.flow {
        case .replace: #expect(trial.training.rowIDs == train)
        case .add: #expect(trial.training.rowIDs == train + trial.patch.rows.map { train[$0] })
        case .delete:
          #expect(
            trial.training.rowIDs
              == train.indices.filter { !isTaken.contains($0) }.map { train[$0] })
        }
        #expect(trial.isPoisoned.count == trial.training.count)
        #expect(trial.split.train == trial.split.train.sorted())
        #expect(Set(trial.split.train).isDisjoint(with: trial.split.validation))
        #expect(
          (trial.split.train + trial.split.validation).sorted()
            == Array(0..<study.dataset.sampleCount))
        #expect(trial.split.train.count == study.trainingCount)
        #expect(trial.split.validation.count == study.validationCount)
      }
    }
  }

  /// A level is the share of the rows a model trains on, or of those that were there before some
  /// were deleted, to the nearest row.
  @Test func theAttackIsCarriedOutInFull() throws {
    let study = try Self.study(attacks: attackTexts + learningAttackTexts, shares: [0, 0.05, 0.1])
    for condition in study.conditions {
      let trial = study.trial(condition, seed: 13)
      let clean = TrainingSet(study.dataset, rows: trial.split.train)
      let flow = condition.attack.flow
      let count = try flow.rowCount(condition.level, of: clean.count)
      #expect(trial.patch.rows.count == count)
      let final = flow == .add ? clean.count + count : clean.count
      #expect(abs(Double(count) - condition.level.share * Double(final)) <= 0.5)
      #expect(
        trial.patch
          == condition.attack.patch(
            clean, count: count, key: study.key, seed: 13,
            validation: LabeledRows(study.dataset, rows: trial.split.validation))
          || count == 0)
      #expect(trial.training == clean.applying(trial.patch, flow: flow))
      #expect(trial.training.count == flow.trainingCount(clean.count, poisoned: count))
      #expect(trial.isPoisoned.count { $0 } == (flow == .delete ? 0 : count))
      #expect(trial.problem.labels == trial.training.labels)
      #expect(trial.problem.classCount == study.dataset.classCount)
      #expect(trial.problem.weights.allSatisfy { $0 == 1 })
    }
  }

  @Test func evaluationsJudgeTheValidationRows() throws {
    let study = try Self.study(shares: [0.2])
    for model in study.models {
      let trial = study.trial(study.conditions[1], seed: 14)
      let evaluation = trial.evaluate(model.learner)
      let result = evaluation.result
      #expect(evaluation.prediction.classes.count == study.validationCount)
      let hits = zip(evaluation.prediction.classes, trial.validationLabels).filter { $0 == $1 }
      #expect(result.confusion.correct == hits.count)
      #expect(result.confusion.total == study.validationCount)
      #expect(result.report == evaluation.model.report)
      #expect((result.logLoss != nil) == (model.model == "softmax"))
      #expect(trial.evaluate(model.learner, threads: 2).result == result)
    }
  }

  @Test func keysAndSeedsMatter() throws {
    let study = try Self.study(attacks: ["uniform"], shares: [0.3])
    let other = try Study(
      dataset: study.dataset, key: RandomKey(1), validationShare: 0.3,
      conditions: study.conditions, models: study.models)
    let trial = study.trial(study.conditions[0], seed: 1)
    #expect(study.trial(study.conditions[0], seed: 2).split != trial.split)
    #expect(other.trial(study.conditions[0], seed: 1).split != trial.split)
  }
}
