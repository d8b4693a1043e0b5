/// A generator by the name it is asked for.
public enum GeneratorChoice: String, Sendable, CaseIterable, Codable {
  /// Normal classes fitted to a data set.
  case gaussian
  /// Rows of a data set, moved a little.
  case bootstrap
  /// The distribution of every feature, tied together as normal numbers are.
  case copula
  /// Two normal classes in 20 dimensions, 4 deviations apart.
  case twonorm
  /// A normal class around another.
  case ringnorm
  /// Mixtures of waves.
  case waveform

  /// Whether it is fitted to a data set; the others are what they are.
  public var needsData: Bool {
    switch self {
    case .gaussian, .bootstrap, .copula: true
    case .twonorm, .ringnorm, .waveform: false
    }
  }

  /// What it is, in one line.
  public var summary: String {
    switch self {
    case .gaussian: "each class normal, with the mean and covariance of its rows"
    case .bootstrap: "rows drawn again, moved by noise as wide as their class (smoothed bootstrap)"
    case .copula: "each feature distributed as in its class, tied by a Gaussian copula"
    case .twonorm: "two normal classes of 20 features; Bayes error 2.275 %"
    case .ringnorm: "a normal class of 20 features inside a wider one; Bayes error 1.24 %"
    case .waveform: "three classes of 21 features, mixtures of waves; Bayes error 13.2 %"
    }
  }

  /// The generator, fitted to `dataset` where it is fitted to data.
  ///
  /// Gaps are filled in first. What the data hold 0 and 1 for is a number like any other.
  ///
  /// - Throws: `DatasetsError` where the data do not allow it.
  public func generator(for dataset: Dataset) throws(DatasetsError) -> any DataGenerator {
    let dataset = dataset.completed
    return switch self {
    case .gaussian: try GaussianGenerator(fittedTo: dataset)
    case .bootstrap: try SmoothedBootstrap(dataset)
    case .copula: try GaussianCopula(fittedTo: dataset)
    case .twonorm: GaussianGenerator.twonorm()
    case .ringnorm: GaussianGenerator.ringnorm()
    case .waveform: WaveformGenerator()
    }
  }

  /// The data set that a generator without data is known by: its first rows.
  public var specimen: Dataset? {
    switch self {
    case .gaussian, .bootstrap, .copula: nil
    case .twonorm: GaussianGenerator.twonorm().sample(count: 300, seed: 0)
    case .ringnorm: GaussianGenerator.ringnorm().sample(count: 300, seed: 0)
    case .waveform: WaveformGenerator().sample(count: 300, seed: 0)
    }
  }
}
