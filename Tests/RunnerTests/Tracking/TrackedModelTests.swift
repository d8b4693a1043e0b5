import Foundation
import TestSupport
import Testing

/// Models that Python loads from where the program put them, and what they predict.
@Suite(.enabled(if: PythonTool.isThere), .tags(.python))
struct TrackedModelTests {
  private static let models = ["softmax", "linear-svm", "rbf-svm", "knn"]

  /// What MLflow predicts for the validation rows of each run, beside what the program did.
  ///
  /// Arguments are the tracking URI, then pairs of a model URI and the folder of a dump. The target
  /// is the last column of a dump's validation.csv; scores follow label and class.
  private static let script = """
    import sys
    import mlflow
    import pandas as pd

    mlflow.set_tracking_uri(sys.argv[1])
    for uri, dump in zip(sys.argv[2::2], sys.argv[3::2]):
        rows = pd.read_csv(dump + "/validation.csv", dtype={-1: str})
        target = rows.columns[-1]
        expected = pd.read_csv(dump + "/predictions.csv", dtype={"predicted": str})
        model = mlflow.pyfunc.load_model(uri)
        answers = model.predict(rows.drop(columns=["row_id", target]).astype(float))
        assert list(answers.columns[:2]) == ["label", "class"], answers.columns
        scores = expected.filter(like="score_").to_numpy()
        error = abs(answers.iloc[:, 2:].to_numpy() - scores).max()
        same = (answers["class"].astype(str) == expected["predicted"]).all()
        print(uri, dump, len(rows), bool(same), error, sep="\\t")
    """

  /// Every model on every built-in data set, clean and poisoned: the same class in every row.
  @Test func predictAsTheProgramDoes() throws {
    try withTemporaryFolder { folder in
      var arguments = ["sqlite:///mlflow.db"]
      for data in ["iris", "wine", "breast-cancer", "digits"] {
        for model in Self.models {
          for poison in ["0", "0.1"] {
            let dump = "\(data)-\(model)-\(poison)"
            let name = "\(data)-\(model)"
            let run = try RunnerProcess(
              [
                "train", "--data", data, "--model", model, "--poison", poison, "--seed", "3",
                "--dump", dump, "--register", name,
              ] + (data == "digits" ? ["--scaler", "none"] : []), in: folder,
              environment: ["MLFLOW_TRACKING_URI": "sqlite:///mlflow.db"])
            try #require(run.status == 0, "\(dump): \(run.errors)")
            arguments += ["models:/\(name)@\(poison == "0" ? "clean" : "uniform-10")", dump]
          }
        }
      }
      let lines = try PythonTool.run(Self.script, arguments, in: folder).split(separator: "\n")
      #expect(lines.count == 4 * 4 * 2)
      for line in lines {
        let fields = line.split(separator: "\t")
        #expect(fields[3] == "True", "\(line)")
        // The same formulas in double precision; sums of a thousand terms of order 1 at most.
        #expect(Double(fields[4]) ?? 1 < 1e-9, "\(line)")
      }
    }
  }

  @Test func exportedFilesAreTheLoggedOnes() throws {
    try withTemporaryFolder { folder in
      let run = try RunnerProcess(
        ["train", "--model", "knn", "--export", "out/model.onnx"], in: folder,
        environment: ["MLFLOW_TRACKING_URI": "sqlite:///mlflow.db"])
      #expect(run.status == 0)
      let exported = try Data(contentsOf: folder.appendingPathComponent("out/model.onnx"))
      let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
      let logged = try #require(paths?.first { $0.hasSuffix("artifacts/model.onnx") })
      let isSame = try Data(contentsOf: folder.appendingPathComponent(logged)) == exported
      #expect(isSame)
    }
  }
}
