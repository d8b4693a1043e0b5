import Datasets
import Defenses
import Models
import Poisoning
import Publishing
import Reporting
import Sweeps
import Testing
import Tracking

/// What MLflow is told of the privacy of a model.
struct PrivateFitTests {
  private static func parameters(
    _ defense: String, _ policy: ScalerPolicy, secretly: Bool = false
  ) throws -> [String: String] {
    let dataset = EmbeddedDataset.iris.load()
    let condition = Condition.clean(defense: try DefenseCatalog.chain(defense, for: dataset))
    let study = try Study(
      dataset: dataset, trustedShare: 0.1, scalerPolicy: policy, conditions: [condition],
      models: [ModelChoice("softmax")])
    let fit = try #require(Fit(study, condition, study.models[0], seed: 1, secretly: secretly))
    let run = FitDocument(
      fit, target: nil, identity: [:], origin: RunOrigin(tags: [:]), data: .embedded(name: "iris"),
      registration: nil, renderer: ChartRenderer(environment: [:]), times: (start: 0, end: 1),
      threads: 1
    ).run
    let model = try #require(run.models.first)
    #expect(model.model.parameters["dp_guarantee"] == run.parameters["dp_guarantee"])
    return run.parameters
  }

  @Test(arguments: ["dp-sgd:steps=5", "lof+objective-perturbation"])
  func noEpsilonIsToldThatDoesNotHold(_ defense: String) throws {
    let parameters = try Self.parameters(defense, .poisoned)
    #expect(parameters["dp_epsilon"] == nil && parameters["dp_delta"] == nil)
    #expect(parameters["dp_guarantee"]?.hasPrefix("none: the standard scaler") == true)
  }

  @Test func whatHoldsIsTold() throws {
    let parameters = try Self.parameters("dp-sgd:steps=5", .vouched)
    #expect(parameters["dp_epsilon"] == "8.0" && parameters["dp_delta"] == "1e-05")
    #expect(parameters["dp_guarantee"] == "mechanism with secret randomness")
    #expect(parameters["dp_relation"] == "one training row replaced by another")
  }

  @Test func secretNoiseHasNoKey() throws {
    let parameters = try Self.parameters("dp-sgd:steps=5", .vouched, secretly: true)
    #expect(parameters["dp_guarantee"] == "model" && parameters["random_key"] == nil)
    #expect(parameters["dp_noise"] == "system, not kept")
  }
}
