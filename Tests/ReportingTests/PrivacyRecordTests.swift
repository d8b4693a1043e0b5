import Analyses
import Datasets
import Defenses
import Models
import Poisoning
import Reporting
import Sweeps
import Testing

/// Where ε is printed, and where it is said that none holds.
struct PrivacyRecordTests {
  private static func fit(
    _ defense: String, _ policy: ScalerPolicy, secretly: Bool = false
  ) throws -> Fit {
    let dataset = EmbeddedDataset.iris.load()
    let condition = Condition.clean(defense: try DefenseCatalog.chain(defense, for: dataset))
    let study = try Study(
      dataset: dataset, trustedShare: 0.1, scalerPolicy: policy, conditions: [condition],
      models: [ModelChoice("softmax")])
    return try #require(
      Fit(study, condition, study.models[0], seed: 1, secretly: secretly))
  }

  private static func record(_ fit: Fit) throws -> JSONValue {
    let text = JSONText.of(RunRecord(fit, target: nil, withModel: true))
    return try #require(try JSONValue(parsing: text).defense?.privacy)
  }

  @Test(arguments: ["dp-sgd", "objective-perturbation", "lof+dp-sgd"])
  func noEpsilonIsPrintedOfAPrivateScaler(_ defense: String) throws {
    let fit = try Self.fit(defense, .poisoned)
    let text = fit.lines().joined(separator: " ")
    #expect(text.contains("privacy no guarantee: the standard scaler is fitted to the"))
    #expect(!text.contains("ε =") && text.contains("lof chose") == defense.hasPrefix("lof"))
    let record = try Self.record(fit)
    #expect(record.guarantee?.text == "none" && record.epsilon == nil && record.delta == nil)
  }

  @Test func whatIsPrintedSaysWhatItIsOf() throws {
    let fit = try Self.fit("dp-sgd", .vouched)
    let text = fit.lines().joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(
      text.contains(
        "ε = 8.0, δ = 1e-05 for one training row replaced by another: of the mechanism with secret "
          + "randomness. The noise follows from a published key and seed"))
    let record = try Self.record(fit)
    #expect(record.guarantee?.text == "mechanism with secret randomness")
    #expect(record.epsilon?.number == 8 && record.delta?.number == 1e-5)
    #expect(record.relation?.text == "one training row replaced by another")
    #expect(record.noise?.text == "published key and seed" && record.reasons == nil)
  }

  @Test func secretNoiseIsSaidToBeTheSystems() throws {
    let fit = try Self.fit("objective-perturbation", .vouched, secretly: true)
    let record = try Self.record(fit)
    #expect(record.guarantee?.text == "model" && record.noise?.text == "system, not kept")
    #expect(fit.lines().joined(separator: " ").contains("another: of the model."))
    let text = JSONText.of(RunRecord(fit, target: nil, withModel: true))
    #expect(!text.contains("68656d6c6f636b") && !text.contains("\"key\""))
  }

  /// Tables of studies have a section about it.
  @Test(arguments: [ScalerPolicy.poisoned, .vouched])
  func studiesSayIt(_ policy: ScalerPolicy) throws {
    let dataset = EmbeddedDataset.iris.load()
    let defenses = ["none", "lof", "dp-sgd:steps=5", "lof+objective-perturbation"]
    let study = try Study(
      dataset: dataset, trustedShare: 0.1, scalerPolicy: policy,
      conditions: try defenses.map {
        .clean(defense: try DefenseCatalog.chain($0, for: dataset))
      }, models: [ModelChoice("softmax")])
    let report = try study.report(.sweep, seedCount: 2)
    let text = report.answer.lines(width: 10_000).joined(separator: "\n")
    let holds = text.contains("dp-sgd:steps=5: ε = 8.0, δ = 1e-05 for one training row replaced")
    #expect(holds == (policy == .vouched))
    #expect(text.contains("dp-sgd:steps=5: no guarantee") != holds)
    #expect(text.contains("lof+objective-perturbation: no guarantee"))
    #expect(!text.contains("lof: "))
  }
}
