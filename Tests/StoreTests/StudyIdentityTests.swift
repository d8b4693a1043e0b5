import Datasets
import LinAlg
import Models
import Poisoning
import Store
import StudySupport
import Sweeps
import Testing

struct StudyIdentityTests {
  private static func study(
    key: RandomKey = .standard, share: Double = 0.2, scaler: ScalerKind = .standard,
    policy: ScalerPolicy = .poisoned, levels: [Double] = [0, 0.1],
    models: [ModelChoice]? = nil, dataset: Dataset = EmbeddedDataset.iris.load()
  ) throws -> Study {
    try Study(
      dataset: dataset, key: key, validationShare: share, scaler: scaler, scalerPolicy: policy,
      conditions: try conditions(["flip"], levels, for: dataset),
      models: models ?? [try ModelChoice("softmax")])
  }

  @Test func textIsCanonical() throws {
    let study = try Self.study()
    let identity = StudyIdentity(study, firstSeed: 7)
    let expected =
      #"{"blas_kernel":"\#(BLAS.kernelName)","block_size":1024,"conditions":["#
      + #"{"attack":"none","level":0},{"attack":"flip","level":0.1}],"#
      + #""dataset":{"digest":"\#(study.dataset.digest)","name":"iris"},"#
      + #""engine":\#(StudyEngine.version),"first_seed":7,"key":"0x68656d6c6f636b","#
      + #""models":[{"model":"softmax","parameters":"C=1, tol=1e-08"}],"#
      + #""scaler":"standard","scaler_policy":"poisoned","validation_share":0.2}"#
    #expect(identity.text == expected)
    #expect(identity.digest.count == 64)
    #expect(identity == StudyIdentity(try Self.study(), firstSeed: 7))
  }

  @Test func whateverChangesTheBitsChangesIt() throws {
    let studies = try [
      Self.study(), Self.study(key: RandomKey(1)), Self.study(share: 0.3),
      Self.study(scaler: .robust), Self.study(policy: .trusted), Self.study(levels: [0, 0.2]),
      Self.study(levels: [0.1, 0]), Self.study(levels: [0]),
      Self.study(dataset: EmbeddedDataset.wine.load()),
      Self.study(models: [ModelChoice("knn")]),
      Self.study(models: [ModelChoice("softmax:C=\(1.0.nextUp)")]),
      Self.study(models: [ModelChoice("softmax:tol=1e-6")]),
      Self.study(models: [ModelChoice("softmax"), ModelChoice("knn")]),
      Self.study(models: [ModelChoice("knn"), ModelChoice("softmax")]),
      Self.study(models: [ModelChoice("rbf-svm")]),
      Self.study(models: [ModelChoice("rbf-svm:gamma=0.1")]),
    ]
    let identities = studies.map { StudyIdentity($0, firstSeed: 0) }
    let all = identities + [StudyIdentity(studies[0], firstSeed: 1)]
    #expect(Set(all.map(\.text)).count == all.count)
    #expect(Set(all.map(\.digest)).count == all.count)
  }

  @Test func whatAModelDoesNotTakeDoesNotMatter() throws {
    let plain = try Self.study(models: [ModelChoice("knn")])
    let other = try Self.study(models: [ModelChoice("knn", defaults: ["C": "3"])])
    #expect(StudyIdentity(plain, firstSeed: 0) == StudyIdentity(other, firstSeed: 0))
  }
}
