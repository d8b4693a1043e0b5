import Models
import Sweeps
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
    #expect(again.name == name && again.kind == choice.kind)
    let descriptions = [choice, again].map { choice in
      choice.kind.description(of: choice.parameters).map(\.value)
    }
    #expect(descriptions[0] == descriptions[1])
  }

  @Test func parametersOfOtherModelsAreNotNamed() throws {
    let parameters = Hyperparameters(c: 10, gamma: .value(2), neighborCount: 3)
    let names = try ModelKind.allCases.map { kind in try ModelChoice(kind, parameters).name }
    #expect(
      names == ["softmax:C=10", "linear-svm:C=10", "rbf-svm:C=10,gamma=2", "knn:n_neighbors=3"])
  }

  @Test func parametersThatAreNotNamedAreTheDefaults() throws {
    let choice = try ModelChoice("rbf-svm:gamma=2", defaults: Hyperparameters(c: 10))
    #expect(choice.name == "rbf-svm:C=10,gamma=2")
  }

  @Test func listsKeepParametersTogether() {
    let texts = ModelChoice.texts(in: "softmax, rbf-svm:C=10, gamma=0.5,knn:n_neighbors=1,knn")
    #expect(texts == ["softmax", "rbf-svm:C=10,gamma=0.5", "knn:n_neighbors=1", "knn"])
    #expect(ModelChoice.texts(in: "") == [""])
    #expect(ModelChoice.texts(in: "C=1,knn") == ["C=1", "knn"])
    #expect(ModelChoice.texts(in: "softmax,,knn") == ["softmax", "", "knn"])
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
    let error = try #require(throws: ModelChoiceError.self) { try ModelChoice(text) }
    #expect(error.description.contains(mention), "\(error)")
  }
}
