import Datasets
import Defenses
import Documents
import LinAlg
import Models
import Poisoning
import Reporting
import Store
import Sweeps

/// The configuration of a run as parameters, those of models by scikit-learn's names.
struct RunParameters {
  var values: [String: String] = [:]

  /// What all cells of a study have in common.
  init(_ plan: StoredPlan) {
    values["dataset"] = plan.datasetName
    values["dataset_digest"] = plan.datasetDigest
    values["training_rows"] = "\(plan.trainingCount)"
    values["validation_rows"] = "\(plan.validationCount)"
    values["first_seed"] = "\(plan.firstSeed)"
    values["defense"] = "none"
    // The mean over classes, where MLflow's own f1_score weighs them by their rows.
    values["f1_average"] = "macro"
    let identity = plan.study
    values["scaler"] = identity?.scaler.rawValue
    values["scaler_fit"] = identity?.scalerPolicy.rawValue
    add(identity?.validation, orShare: identity?.validationShare)
    if let share = identity?.trustedShare { values["trusted_share"] = "\(share)" }
    add(identity?.grouping)
    values["weights"] = identity?.weights
    values["random_key"] = identity?.key
    values["engine_version"] = "\(plan.engineVersion)"
    values["study_digest"] = plan.digest
  }

  /// One fit, all but its seed.
  init(_ fit: Fit) {
    let (study, condition) = (fit.study, fit.condition)
    let data = study.dataset
    values["dataset"] = data.name
    values["dataset_digest"] = study.dataDigest
    values["training_rows"] = "\(study.trainingCount)"
    values["validation_rows"] = "\(study.validationCount)"
    values["f1_average"] = "macro"
    values["scaler"] = study.scaler.rawValue
    values["scaler_fit"] = study.scalerPolicy.rawValue
    add(study.validationFile, orShare: study.validationShare)
    if study.trustedShare > 0 { values["trusted_share"] = "\(study.trustedShare)" }
    add(study.grouping)
    values["weights"] = data.sampleWeights?.column
    add(defense: condition.defenseName)
    if let privacy = fit.privacy { add(privacy) }
    if !fit.isSecret { values["random_key"] = "0x" + String(study.key.bits, radix: 16) }
    values["engine_version"] = "\(StudyEngine.version)"
    add(
      condition: condition.attackName, condition.level, StoredAttack(condition.attack),
      rows: condition.rows ?? TrainingRows(attacked: study.trainingCount))
    add(fit.model)
  }

  /// Adds the file whose rows models are judged on, or the share of the data that is.
  private mutating func add(_ validation: ValidationFile?, orShare share: Double?) {
    guard let validation else {
      values["validation_share"] = share.map { "\($0)" }
      return
    }
    values["validation_file"] = validation.name
    values["validation_digest"] = validation.digest
  }

  /// Adds the column whose groups stay on one side, and how many rows that leaves over.
  private mutating func add(_ grouping: Grouping?) {
    guard let grouping else { return }
    values["group"] = grouping.column
    values["groups"] = "\(grouping.groups)"
    values["set_aside_rows"] = "\(grouping.setAside)"
  }

  /// Adds an attack as it can be asked for, its level, its threat model, and what it makes of the rows.
  mutating func add(
    condition name: String, _ level: PoisonLevel, _ attack: StoredAttack?, rows: TrainingRows
  ) {
    let text = Specification(name)
    values["attack"] = text.name
    for parameter in text.parameters { values["attack_\(parameter.name)"] = parameter.value }
    values["poison_level"] = "\(level.share)"
    values["training_rows"] = "\(rows.count)"
    guard level != .clean, let attack else {
      values["poisoned_rows"] = "0"
      return
    }
    if let count = try? attack.flow.rowCount(level, of: rows.attacked) {
      values["poisoned_rows"] = "\(count)"
      let trained = attack.flow.trainingCount(rows.attacked, poisoned: count) + rows.added
      values["training_rows"] = "\(trained)"
    }
    add([attack])
  }

  /// Adds defences as they can be asked for, and their parameters where there is one of them.
  mutating func add(defense name: String) {
    values["defense"] = name
    if let chain = try? DefenseCatalog.chain(name),
      let scaler = values["scaler"].flatMap(ScalerKind.init),
      let policy = values["scaler_fit"].flatMap(ScalerPolicy.init),
      let privacy = PrivacyStatement(chain, scaler: scaler, policy: policy)
    {
      add(privacy)
    }
    guard !name.contains("+") else { return }
    for parameter in Specification(name).parameters {
      values["defense_\(parameter.name)"] = parameter.value
    }
  }

  /// Adds ε and δ with what they are of, or why they do not hold.
  private mutating func add(_ privacy: PrivacyStatement) {
    let record = PrivacyRecord(privacy)
    values["dp_epsilon"] = record.epsilon.map { "\($0)" }
    values["dp_delta"] = record.delta.map { "\($0)" }
    let reasons = record.reasons.map { ": " + $0.joined(separator: "; ") }
    values["dp_guarantee"] = record.guarantee + (reasons ?? "")
    values["dp_relation"] = record.relation
    values["dp_noise"] = record.noise
  }

  /// Adds what attackers want, know and change; several values stand beside each other.
  mutating func add(_ attacks: [StoredAttack]) {
    guard !attacks.isEmpty else { return }
    let threats = attacks.map(\.threat)
    let distinct = { (texts: [String]) in texts.distinct.joined(separator: ", ") }
    values["attack_flow"] = distinct(attacks.map(\.flow.rawValue))
    values["attack_goal"] = distinct(threats.map(\.goal.rawValue))
    values["attack_knowledge"] = distinct(threats.map(\.knowledge.rawValue))
    values["attack_changes"] = distinct(threats.map(\.changes.rawValue))
    values["attack_constraint"] = distinct(threats.map(\.constraint.rawValue))
    values["attack_sees_validation"] = distinct(threats.map { "\($0.seesValidation)" })
    let defenses = threats.compactMap(\.defenseAware)
    if !defenses.isEmpty { values["attack_defense_aware"] = distinct(defenses) }
  }

  /// Adds a model with its parameters and the class of scikit-learn that it is.
  mutating func add(_ choice: ModelChoice) {
    values["model"] = choice.model
    values["estimator"] = choice.estimator.name
    values.merge(choice.estimator.arguments) { $1 }
    for parameter in choice.specification.parameters { values[parameter.name] = parameter.value }
  }
}
