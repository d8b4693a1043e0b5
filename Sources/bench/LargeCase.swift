import Datasets
import Defenses
import Foundation
import LinAlg
import Models

/// One large table and what is done with it.
struct LargeCase: Sendable {
  /// What is done.
  enum Task: Sendable {
    /// Searches the k nearest of the points for each query.
    case neighbors(Int)
    /// Local outlier factors of the points, by 20 neighbours.
    case outliers
    /// Fits support vector machines and predicts the queries.
    case machines(Kernel)
    /// Fits softmax regression and predicts the queries.
    case softmax

    /// What the peers call it.
    var name: String {
      switch self {
      case .neighbors: "neighbors"
      case .outliers: "outliers"
      case .machines(.linear): "linear-svm"
      case .machines(.rbf): "rbf-svm"
      case .softmax: "softmax"
      }
    }
  }

  let name: String
  let title: String
  let task: Task
  let data: LargeData
  let peers: [String]
  /// Whether peers take many minutes.
  var isLong = false

  static let all = [
    LargeCase(
      name: "knn-narrow", title: "5-NN, 80,000 × 20", task: .neighbors(5),
      data: .clusters(80_000, queries: 20_000, features: 20, classes: 10),
      peers: ["scikit-learn", "scikit-learn-intelex", "faiss"]),
    LargeCase(
      name: "knn-wide", title: "5-NN, 20,000 × 784", task: .neighbors(5),
      data: .clusters(20_000, queries: 5_000, features: 784, classes: 10),
      peers: ["scikit-learn", "scikit-learn-intelex", "faiss"]),
    LargeCase(
      name: "lof", title: "LOF, 50,000 × 20", task: .outliers,
      data: .clusters(50_000, queries: 0, features: 20, classes: 10), peers: ["scikit-learn"]),
    LargeCase(
      name: "knn-fashion", title: "5-NN, Fashion-MNIST, 50,000 × 784", task: .neighbors(5),
      data: .fashion(50_000, queries: 10_000),
      peers: ["scikit-learn", "scikit-learn-intelex", "faiss"]),
    LargeCase(
      name: "rbf-two", title: "RBF SVM, 10,000 × 20, 2 classes",
      task: .machines(.rbf(gamma: .scale)),
      data: .clusters(10_000, queries: 2_000, features: 20, classes: 2), peers: svms),
    LargeCase(
      name: "rbf-four", title: "RBF SVM, 10,000 × 20, 4 classes",
      task: .machines(.rbf(gamma: .scale)),
      data: .clusters(10_000, queries: 2_000, features: 20, classes: 4), peers: svms),
    LargeCase(
      name: "rbf-fashion", title: "RBF SVM, Fashion-MNIST, 8,000 × 784",
      task: .machines(.rbf(gamma: .scale)), data: .fashion(8_000, queries: 2_000),
      peers: ["scikit-learn", "scikit-learn-intelex"]),
    LargeCase(
      name: "fashion-whole", title: "RBF SVM, Fashion-MNIST, 50,000 × 784",
      task: .machines(.rbf(gamma: .scale)), data: .fashion(50_000, queries: 10_000),
      peers: ["scikit-learn-intelex"], isLong: true),
    LargeCase(
      name: "linear", title: "linear SVM, 10,000 × 20, 4 classes", task: .machines(.linear),
      data: .clusters(10_000, queries: 2_000, features: 20, classes: 4), peers: svms + ["liblinear"]
    ),
    LargeCase(
      name: "softmax", title: "softmax, 100,000 × 20, 4 classes", task: .softmax,
      data: .clusters(100_000, queries: 20_000, features: 20, classes: 4),
      peers: [
        "scikit-learn", "scikit-learn newton-cholesky", "scikit-learn-intelex",
      ]),
    LargeCase(
      name: "softmax-fashion", title: "softmax, Fashion-MNIST, 8,000 × 784", task: .softmax,
      data: .fashion(8_000, queries: 2_000),
      peers: ["scikit-learn", "scikit-learn newton-cg", "scikit-learn-intelex"], isLong: true),
  ]

  private static let svms = ["scikit-learn", "scikit-learn-intelex", "libsvm", "thundersvm"]

  /// What a run came to.
  struct Outcome {
    /// Seconds of the search or the fit.
    let seconds: Double
    /// Seconds of the prediction.
    var predicting: Double?
    /// The neighbours of each query.
    var neighbors: [Int] = []
    /// What `large.py` judges.
    var solution: [Double] = []
  }

  /// Multiply-adds of all distances, where the task is a search.
  func multiplyAdds(_ tables: LargeData.Tables) -> Double? {
    let (n, d) = (Double(tables.points.rows), Double(tables.points.columns))
    return switch task {
    case .neighbors: n * Double(tables.queries.rows) * d
    case .outliers: n * n * d
    case .machines, .softmax: nil
    }
  }

  func run(_ tables: LargeData.Tables, threads: Int) throws -> Outcome {
    switch task {
    case .neighbors(let k):
      let (seconds, table) = Self.timed {
        NeighborTable(
          of: tables.queries, among: tables.points, neighborCount: k, threads: threads)
      }
      return Outcome(seconds: seconds, neighbors: table.indices)
    case .outliers:
      return Outcome(
        seconds: Self.timed {
          LocalOutlierFactor(of: tables.points, neighborCount: 20, threads: threads).scores
        }.seconds)
    case .machines(let kernel):
      let learner = try SupportVectorClassifier(kernel: kernel)
      let (seconds, model) = Self.timed { learner.fitSVM(tables.problem, threads: threads) }
      let predicting = Self.timed { model.predict(tables.queries, threads: threads) }.seconds
      return Outcome(
        seconds: seconds, predicting: predicting,
        solution: Self.solution(model, tables.points.rows))
    case .softmax:
      let learner = try SoftmaxRegression()
      let (seconds, model) = Self.timed {
        learner.fitSoftmax(tables.problem, threads: threads)
      }
      let predicting = Self.timed { model.predict(tables.queries, threads: threads) }.seconds
      let (k, d) = (model.coefficients.rows, model.coefficients.columns - 1)
      let weights = (0..<k).flatMap { row in (0..<d).map { model.coefficients[row, $0] } }
      return Outcome(
        seconds: seconds, predicting: predicting,
        solution: weights + (0..<k).map { model.coefficients[$0, d] })
    }
  }

  /// The coefficients of all training rows a pair, or w and b of linear machines.
  private static func solution(_ model: SupportVectorModel, _ rows: Int) -> [Double] {
    model.machines.flatMap { machine in
      guard model.gamma == nil else {
        var beta = [Double](repeating: 0, count: rows)
        for (row, value) in zip(model.supportRows, machine.coefficients) { beta[row] = value }
        return beta
      }
      var weights = [Double](repeating: 0, count: model.supportVectors.columns)
      for (index, value) in machine.coefficients.enumerated() where value != 0 {
        model.supportVectors.withRow(index) { BLAS.axpy(value, $0, into: &weights) }
      }
      return weights + [machine.intercept]
    }
  }

  private static func timed<Result>(_ body: () -> Result) -> (seconds: Double, result: Result) {
    let start = ContinuousClock.now
    let result = body()
    return ((ContinuousClock.now - start) / .seconds(1), result)
  }
}
