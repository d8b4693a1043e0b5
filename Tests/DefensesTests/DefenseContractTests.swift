import Datasets
import Defenses
import Documents
import LinAlg
import Models
import Testing

/// What every defence of the catalogue promises.
struct DefenseContractTests {
  private static let rowTexts = [
    "validate", "validate:scope=class,duplicates=keep", "validate:ranges=trusted",
    "isolation-forest", "one-class-svm", "lof", "knn-distance", "mahalanobis", "mcd",
    "isolation-forest:scope=class", "lof:scope=global,rate=0.2", "mcd:threshold=native",
    "lof:threshold=trusted,alpha=0.2", "knn-relabel", "knn-relabel:eta=0.9,n_neighbors=3", "enn",
    "enn:kind=all", "sphere", "slab:center=mean,rate=0.2", "trim", "trim:quota=class,rate=0.3",
    "confident-learning", "confident-learning:prune=both,action=relabel",
  ]

  private static let trainingTexts = [
    "label-smoothing", "gce", "forward", "forward:noise=0.2", "huber-hinge", "ramp", "dp-sgd",
    "objective-perturbation",
  ]

  @Test func everyEntryIsHere() {
    let covered = Set(
      (Self.rowTexts + Self.trainingTexts).map { $0.split(separator: ":").map(String.init)[0] })
    #expect(Set(DefenseCatalog.names).subtracting(covered).isEmpty)
  }

  /// Sets that leave little to go by.
  private static func degenerateSets() -> [(name: String, suspects: Suspects)] {
    func make(_ rows: [[Double]], _ labels: [Int], _ classCount: Int) -> Suspects {
      Suspects(
        features: Matrix(
          rows: rows.count, columns: rows.first?.count ?? 2, elements: rows.flatMap { $0 }),
        labels: labels, classCount: classCount)
    }
    let line = (0..<12).map { [Double($0), 1] }
    return [
      ("no row", make([], [], 3)),
      ("one row", make([[1, 2]], [1], 3)),
      ("two rows", make([[1, 2], [3, 4]], [0, 1], 2)),
      ("one class", make(line, Array(repeating: 2, count: 12), 3)),
      ("all the same", make(Array(repeating: [5, 5], count: 9), [0, 1, 0, 1, 0, 1, 0, 1, 0], 2)),
      ("a class of one row", make(line, [0] + Array(repeating: 1, count: 11), 2)),
      ("as many classes as rows", make(line, Array(0..<12), 12)),
      ("one far out", make(line.dropLast() + [[1e150, -1e150]], (0..<12).map { $0 % 2 }, 2)),
      ("huge", make(line.map { $0.map { $0 * 1e200 } }, (0..<12).map { $0 % 3 }, 3)),
      ("tiny", make(line.map { $0.map { $0 * 1e-200 } }, (0..<12).map { $0 % 3 }, 3)),
    ]
  }

  @Test(arguments: rowTexts)
  func isDefinedForEverySet(_ text: String) throws {
    let defense = try rowDefense(text)
    for (name, suspects) in Self.degenerateSets() {
      for learner: any Learner in [
        try SoftmaxRegression(), try SupportVectorClassifier(), try NearestNeighbors(),
      ] {
        let verdict = defense.judge(suspects, for: learner, threads: 1)
        let comment: Comment = "\(text) on \(name)"
        #expect(verdict.weights.count == suspects.count, comment)
        #expect(verdict.weights.allSatisfy { $0.isFinite && $0 >= 0 }, comment)
        #expect(verdict.scores.count == suspects.count, comment)
        #expect(verdict.scores.allSatisfy { $0.isFinite }, comment)
        #expect(verdict.labels.count == suspects.count, comment)
        #expect(
          verdict.labels.allSatisfy { $0 >= 0 && $0 < max(suspects.classCount, 1) }, comment)
        if !defense.usesModel { break }
      }
    }
  }

  /// The same verdict for any number of threads, and again.
  @Test(arguments: rowTexts)
  func isPureInItsSeed(_ text: String) throws {
    let defense = try rowDefense(text)
    let data = scaled("wine")
    let trusted = LabeledRows(
      features: data.features.selectingRows(Array(0..<30)), labels: Array(data.labels[0..<30]))
    let wine = suspects("wine", trusted: trusted, seed: 3)
    let verdict = defense.judge(wine, for: try softmax(), threads: 1)
    #expect(verdict == defense.judge(wine, for: try softmax(), threads: 2))
    #expect(verdict == (try rowDefense(text)).judge(wine, for: try softmax(), threads: 1))
  }

  @Test(arguments: rowTexts + trainingTexts)
  func itsSpecificationCanBeReadAgain(_ text: String) throws {
    let iris = EmbeddedDataset.iris.load()
    let chain = try DefenseCatalog.chain(text, for: iris)
    let again = try DefenseCatalog.chain(chain.specification, for: iris)
    #expect(again.specification == chain.specification)
  }

  /// Parameters at their defaults do not show.
  @Test(arguments: DefenseCatalog.entries.map(\.name))
  func defaultsDoNotShow(_ name: String) throws {
    let chain = try DefenseCatalog.chain(name, for: EmbeddedDataset.iris.load())
    #expect(chain.specification == name)
  }

  @Test(arguments: [
    "isolation-forest:rate=0", "one-class-svm:rate=0", "lof:rate=0", "knn-distance:rate=0",
    "mahalanobis:rate=0", "mcd:rate=0", "sphere:rate=0", "slab:rate=0", "trim:rate=0",
  ])
  func removingNothingIsTheIdentity(_ text: String) throws {
    let wine = suspects("wine")
    let verdict = try rowDefense(text).judge(wine, for: softmax(), threads: 1)
    #expect(verdict.weights.allSatisfy { $0 == 1 })
    #expect(verdict.labels == wine.labels)
  }

  @Test(arguments: [
    "lof:n_neighbors=0", "lof:n_neighbors=x", "lof:rate=2", "lof:rate=0.1,alpha=0.1",
    "lof:threshold=rate", "lof:threshold=magic", "lof:alpha=0.7", "lof:scope=row",
    "knn-distance:threshold=native", "one-class-svm:nu=0", "one-class-svm:gamma=-1",
    "isolation-forest:max_samples=1", "knn-relabel:eta=0", "enn:kind=some", "sphere:rate=-1",
    "slab:center=mode", "trim:starts=0", "trim:quota=row", "confident-learning:folds=1",
    "confident-learning:prune=none", "confident-learning:C=0", "label-smoothing:smoothing=1",
    "gce:q=0", "gce:q=1.5", "forward:noise=1", "huber-hinge:h=0", "ramp:s=1", "dp-sgd:epsilon=0",
    "dp-sgd:epsilon=-1", "dp-sgd:delta=1", "dp-sgd:delta=0", "objective-perturbation:epsilon=0",
    "objective-perturbation:data_norm=0", "lof:unknown=1", "validate:ranges=none",
    "validate:duplicates=some", "validate:margin=-1", "lof+", "+lof", "gce+lof", "gce+ramp",
  ])
  func refusesWhatCannotBe(_ text: String) {
    let error = #expect(throws: SpecificationError.self) {
      try DefenseCatalog.chain(text, for: EmbeddedDataset.iris.load())
    }
    #expect(error.map { "\($0)".count > 20 } ?? false)
  }

  /// Learners of training defences are defined for every set, and pure.
  @Test(arguments: trainingTexts)
  func trainsOnEverySet(_ text: String) throws {
    let chain = try DefenseCatalog.chain(text, for: EmbeddedDataset.iris.load())
    let training = try #require(chain.training)
    for model in ModelCatalog.standard {
      let learner = training.learner(replacing: model.learner, key: .standard, seed: 5)
      let entry = DefenseCatalog.entries.first { $0.name == training.name }
      #expect((learner != nil) == (entry?.applicability(to: model.learner) == .native))
      guard let learner else { continue }
      for (name, set) in Self.degenerateSets() where set.count > 0 {
        let problem = Problem(
          features: set.features, labels: set.labels, classCount: set.classCount)
        let model = learner.fit(problem, threads: 1)
        let prediction = model.predict(set.features, threads: 1)
        #expect(prediction.classes.allSatisfy { $0 >= 0 && $0 < set.classCount }, "\(name)")
      }
      let iris = scaled("iris")
      let problem = Problem(features: iris.features, labels: iris.labels, classCount: 3)
      let one = learner.fit(problem, threads: 1).predict(iris.features, threads: 1)
      let two = learner.fit(problem, threads: 2).predict(iris.features, threads: 2)
      #expect(one == two)
    }
  }

  /// A row of weight 0 is as if it were absent.
  @Test(arguments: trainingTexts)
  func absentRowsDoNotCount(_ text: String) throws {
    let chain = try DefenseCatalog.chain(text, for: EmbeddedDataset.iris.load())
    let training = try #require(chain.training)
    let iris = scaled("iris")
    let kept = (0..<150).filter { $0 % 7 != 0 }
    for model in ModelCatalog.standard {
      guard
        let learner = training.learner(replacing: model.learner, key: .standard, seed: 5)
      else { continue }
      let weighed = Problem(
        features: iris.features, labels: iris.labels,
        weights: (0..<150).map { $0 % 7 == 0 ? 0 : 1 }, classCount: 3)
      let smaller = Problem(
        features: iris.features.selectingRows(kept), labels: kept.map { iris.labels[$0] },
        classCount: 3)
      let one = learner.fit(weighed, threads: 1).predict(iris.features, threads: 1)
      let two = learner.fit(smaller, threads: 1).predict(iris.features, threads: 1)
      #expect(one == two, "\(text) \(model.name)")
    }
  }
}
