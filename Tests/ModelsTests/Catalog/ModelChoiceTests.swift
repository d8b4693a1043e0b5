import Documents
import Models
import Testing

struct ModelChoiceTests {
  @Test(arguments: [
    ("softmax", "softmax"), ("rbf-svm:gamma=0.5,C=10", "rbf-svm:C=10,gamma=0.5"),
    ("rbf-svm:C=1.0,gamma=scale", "rbf-svm"), ("rbf-svm:gamma=auto", "rbf-svm:gamma=auto"),
    ("knn:n_neighbors=15", "knn:n_neighbors=15"), ("knn:n_neighbors=5", "knn"), ("knn:", "knn"),
    ("softmax:tol=1e-4,C=0.125", "softmax:C=0.125,tol=0.0001"),
    ("linear-svm:tol=0.001", "linear-svm"),
  ])
  func namesSayWhatDiffersFromTheDefaults(_ text: String, _ name: String) throws {
    let choice = try ModelChoice(text)
    #expect(choice.name == name)
    let again = try ModelChoice(name)
    #expect(again.name == name && again.model == choice.model)
    #expect(again.specification == choice.specification)
  }

  @Test func parametersOfOtherModelsAreNotTaken() throws {
    let parameters = ["C": "10", "gamma": "2", "n_neighbors": "3"]
    let names = try ModelCatalog.names.map { try ModelChoice($0, defaults: parameters).name }
    #expect(
      names == ["softmax:C=10", "linear-svm:C=10", "rbf-svm:C=10,gamma=2", "knn:n_neighbors=3"])
  }

  @Test func parametersThatAreNotNamedAreTheDefaults() throws {
    let choice = try ModelChoice("rbf-svm:gamma=2", defaults: ["C": "10", "gamma": "3"])
    #expect(choice.name == "rbf-svm:C=10,gamma=2")
  }

  /// Stores and identities of studies have these texts.
  @Test(arguments: [
    ("softmax", "C=1, tol=1e-08"), ("linear-svm:C=0.5", "C=0.5, tol=0.001"),
    ("rbf-svm:C=1e3,gamma=0.50", "C=1000, gamma=0.5, tol=0.001"), ("knn", "n_neighbors=5"),
  ])
  func allParametersAreListed(_ text: String, _ list: String) throws {
    let choice = try ModelChoice(text)
    #expect(choice.specification.list == list)
    #expect(try ModelChoice(Specification(choice.model, list: list)).name == choice.name)
  }

  @Test func learnersHaveTheParametersTheyAreAskedFor() throws {
    let softmax = try ModelChoice("softmax:C=2,tol=1e-4").learner
    #expect(softmax as? SoftmaxRegression == (try SoftmaxRegression(c: 2, tolerance: 1e-4)))
    let rbf = try ModelChoice("rbf-svm:C=3,gamma=auto,tol=0.01").learner
    #expect(
      rbf as? SupportVectorClassifier
        == (try SupportVectorClassifier(c: 3, kernel: .rbf(gamma: .auto), tolerance: 0.01)))
    let linear = try ModelChoice("linear-svm").learner
    #expect(
      linear as? SupportVectorClassifier == (try SupportVectorClassifier(kernel: .linear)))
    let neighbors = try ModelChoice("knn:n_neighbors=7").learner
    #expect(neighbors as? NearestNeighbors == (try NearestNeighbors(neighborCount: 7)))
  }

  /// A default that is written out is the default.
  @Test func defaultsAreWhatTheCatalogueSays() throws {
    for entry in ModelCatalog.entries {
      let written = Specification(
        entry.name,
        entry.parameters.map { Specification.Pair(name: $0.name, value: $0.standard) })
      let (plain, full) = (try ModelChoice(entry.name), try ModelChoice(written))
      let listed = Specification(
        entry.name,
        entry.parameters.filter(\.isListed).map {
          Specification.Pair(name: $0.name, value: $0.standard)
        })
      #expect(full.name == entry.name && full.specification == listed)
      #expect("\(full.learner)" == "\(plain.learner)")
    }
  }

  /// A parameter that no other model has is the model's own: it is neither lost nor taken for another.
  @Test func modelsHaveParametersOfTheirOwn() throws {
    struct Stump: Learner {
      let depth: Int
      let criterion: String
      func fit(_ problem: Problem, threads: Int) -> any Model {
        preconditionFailure("It is only asked for")
      }
    }
    let entry = ModelEntry(
      "stump",
      parameters: [
        Parameter("max_depth", "a whole number from 1 up", default: "3"),
        Parameter("criterion", "gini or entropy", default: "gini"),
      ], estimator: Estimator("DecisionTreeClassifier")
    ) { parameters throws(SpecificationError) in
      Stump(
        depth: try parameters.count("max_depth"),
        criterion: parameters.text("criterion") ?? "gini")
    }
    let choice = try ModelChoice(
      entry, Specification("stump:max_depth=2,criterion=entropy").parameters,
      defaults: ["tol": "1e-4", "C": "10"])
    let stump = try #require(choice.learner as? Stump)
    #expect(stump.depth == 2 && stump.criterion == "entropy")
    #expect(choice.name == "stump:criterion=entropy,max_depth=2")
    #expect(choice.specification.list == "max_depth=2, criterion=entropy")
    #expect(throws: SpecificationError.self) {
      try ModelChoice(entry, Specification("stump:tol=1e-4").parameters)
    }
  }

  @Test(arguments: [
    ("sofmax", "did you mean softmax?"), ("", "models: softmax, linear-svm"),
    ("knn:C=1", "no parameter \"C\""), ("softmax:gamma=1", "no parameter \"gamma\""),
    ("knn:n_neighbours=3", "did you mean n_neighbors?"), ("softmax:C", "\"\""),
    ("softmax:C=0", "a positive number"), ("softmax:C=nan", "a positive number"),
    ("softmax:C=ten", "\"ten\""), ("knn:n_neighbors=2.5", "a whole number"),
    ("knn:n_neighbors=0", "a whole number"), ("rbf-svm:gamma=wide", "scale, auto or"),
    ("rbf-svm:gamma=-1", "positive"), ("softmax:C=1,C=2", "given once"),
    ("rbf-svm:C=1:gamma=2", "\"1:gamma=2\""),
  ])
  func wrongTextsAreRefused(_ text: String, _ mention: String) throws {
    let error = try #require(throws: SpecificationError.self) { try ModelChoice(text) }
    #expect(error.description.contains(mention), "\(error)")
  }
}
