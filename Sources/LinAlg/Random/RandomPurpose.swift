/// What a stream is drawn for; streams of different purposes are unrelated.
///
/// All purposes of the program stand here, so that no two share a code: `Scripts/check` compares them.
/// A code never changes, because the bits of results depend on it.
public struct RandomPurpose: Sendable, Hashable {
  /// The word that enters the counter.
  public let code: UInt32

  /// Makes a purpose from its code.
  public init(_ code: UInt32) {
    self.code = code
  }
}

// MARK: - Data

extension RandomPurpose {
  /// The order in which the rows of a class are taken for validation.
  public static let split = RandomPurpose(1)

  /// The order in which groups of rows are dealt out; the row is the attempt.
  public static let groups = RandomPurpose(84)

  /// The order in which groups are dealt out to find what every split can have; the row is the trial.
  public static let groupTrials = RandomPurpose(85)

  /// Which rows of the groups on a side are used; the row is three times the class, and the side.
  public static let groupRows = RandomPurpose(86)

  /// The order in which the rows of a class are taken into a sample of a data set.
  public static let sample = RandomPurpose(69)

  /// The rows drawn by a generator.
  public static let generator = RandomPurpose(2)

  /// The rows drawn by a generator to judge models on.
  public static let generatorValidation = RandomPurpose(67)

  /// The order in which the training rows of a split are taken as a set grows.
  public static let growth = RandomPurpose(68)
}

// MARK: - Attacks

extension RandomPurpose {
  /// The order in which attacks that choose no rows take them.
  package static let poisonOrder = RandomPurpose(16)

  /// The values of rows of uniform noise.
  package static let uniformNoise = RandomPurpose(17)

  /// The classes that flipped labels become.
  package static let labelFlip = RandomPurpose(18)

  /// The side of its range on which a value is moved out.
  package static let outOfRange = RandomPurpose(19)

  /// The noise added to features.
  package static let gaussianNoise = RandomPurpose(20)

  /// The rows that shuffled values come from.
  package static let marginalShuffle = RandomPurpose(21)

  /// The row of another class whose features a row takes.
  package static let classSwap = RandomPurpose(22)

  /// The columns that lose their values.
  package static let sentinel = RandomPurpose(23)

  /// The columns written in another unit.
  package static let unitError = RandomPurpose(24)

  /// The classes that a noise matrix draws.
  package static let noiseMatrix = RandomPurpose(30)

  /// Where the search of ALFA starts.
  package static let alfaStart = RandomPurpose(34)

  /// The validation row that collisions aim at.
  package static let collisionTarget = RandomPurpose(40)

  /// The group of rows that is attacked.
  package static let subpopulation = RandomPurpose(41)
}

// MARK: - Models

extension RandomPurpose {
  /// The rows of many whose minimum the fit of all starts from.
  package static let fitSample = RandomPurpose(82)

  /// The directions from which the widest ones of points are found.
  package static let principalStart = RandomPurpose(83)
}

// MARK: - Defences

extension RandomPurpose {
  /// The starts of the minimum covariance determinant.
  package static let minimumCovariance = RandomPurpose(51)

  /// The rows that a one-class machine learns from where there are many.
  package static let oneClassSample = RandomPurpose(52)

  /// The normal sets that outlier scores are compared with.
  package static let nullReference = RandomPurpose(80)

  /// The random starts of trimmed training.
  package static let trim = RandomPurpose(53)

  /// The folds of cross-validation.
  package static let folds = RandomPurpose(54)

  /// The noise of the starts of losses that are not convex.
  package static let lossStarts = RandomPurpose(60)

  /// Which rows join a step of private descent.
  package static let privateSample = RandomPurpose(61)

  /// The noise of a step of private descent.
  package static let privateNoise = RandomPurpose(62)

  /// The noise of a perturbed objective.
  package static let perturbation = RandomPurpose(63)

  /// The trees of the forest of a class, or of all rows: codes from 100,000 to 165,535.
  package static func isolationForest(_ part: Int) -> RandomPurpose {
    RandomPurpose(100_000 + UInt32(part & 0xFFFF))
  }
}

// MARK: - Tables

extension RandomPurpose {
  /// The rows that an inspection looks for neighbours among where there are many.
  package static let inspectionSample = RandomPurpose(55)

  /// The folds by which the effect of a removal is measured.
  package static let inspectionFolds = RandomPurpose(56)

  /// The labels that are planted into copies of a file.
  package static let plantedLabels = RandomPurpose(81)

  /// The permutations that a drift of categories is judged by.
  package static let categoryDrift = RandomPurpose(57)

  /// The permutations that a drift of gaps is judged by.
  package static let missingDrift = RandomPurpose(58)

  /// The directions along which tables are compared.
  package static let driftDirections = RandomPurpose(59)

  /// The permutations that a drift of ranks is judged by.
  package static let rankDrift = RandomPurpose(64)
}

// MARK: - Statistics

extension RandomPurpose {
  /// Which units a resample has.
  package static let bootstrap = RandomPurpose(65)

  /// The clean training rows, with replacement, from which models learn that poisonings are compared with.
  package static let resampledRows = RandomPurpose(75)

  /// Where fits of curves start.
  package static let curveStarts = RandomPurpose(66)
}

// MARK: - Benchmarks

extension RandomPurpose {
  /// The rows that the costs of defences are measured on.
  package static let benchmarkRows = RandomPurpose(90)

  /// The trees of the forest whose cost is measured.
  package static let benchmarkForest = RandomPurpose(91)

  /// The rows that speed is measured on as sets grow.
  package static let benchmarkGrowth = RandomPurpose(0xFFFF_FFFD)

  /// The numbers that kernels are measured on.
  package static let benchmarkNumbers = RandomPurpose(0xFFFF_FFFE)
}
