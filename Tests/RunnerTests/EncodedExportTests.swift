import Datasets
import Foundation
import TestSupport
import Testing

/// Exported models of files with texts and gaps, asked by ONNX Runtime with rows as the file has them.
@Suite(.enabled(if: PythonTool.isThere), .tags(.python)) struct EncodedExportTests {
  private struct Outcome: Decodable {
    let inputs: [String]
    let rows: Int
    let others: Int
  }

  /// MLflow predicts from a data frame of the file, also where it has one column alone.
  private static let frameScript = """
    import sys
    import mlflow, pandas as pd

    mlflow.set_tracking_uri("sqlite:///mlflow.db")
    model = mlflow.pyfunc.load_model(sys.argv[1])
    names = [column.name for column in model.metadata.signature.inputs]
    file = pd.read_csv("d.csv", dtype={"region": object, "paid": object}, keep_default_na=False,
                       na_values={"age": [""]})
    expected = pd.read_csv("run/predictions.csv")
    answers = model.predict(file[names].iloc[expected.row_id].reset_index(drop=True))
    print((answers["class"] == expected.predicted).all(), *names)
    """

  @Test(arguments: [
    ("height,day,zip,grade", "age region paid"), ("height,age,day,zip,grade,paid", "region"),
  ])
  func framesAreFiles(_ ignored: String, _ inputs: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(EncodedSample.text(rowCount: 90), to: "d.csv")
      let run = try RunnerProcess(
        [
          "train", "--data", "d.csv", "--target", "y", "--ignore", ignored, "--dump", "run",
          "--missing", "indicator", "--register", "shop",
        ], in: folder, environment: ["MLFLOW_TRACKING_URI": "sqlite:///mlflow.db"])
      try #require(run.status == 0, "\(run.errors)")
      let answer = try PythonTool.run(
        Self.frameScript, ["models:/shop/1"], environment: ["MLFLOW_DISABLE_TELEMETRY": "true"],
        in: folder)
      #expect(answer == "True \(inputs)\n")
    }
  }

  private static let script = """
    import csv, datetime, json, sys
    import numpy as np, onnx, onnxruntime

    onnx.checker.check_model(onnx.load("model.onnx"), full_check=True)
    session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
    read = lambda name: list(csv.DictReader(open(name, newline="", encoding="utf-8")))
    file, features, predicted = read("d.csv"), read("run/validation.csv"), read("run/predictions.csv")

    def number(name, row, seen):
        if name not in row:
            return float(seen[name])
        if name == "day":
            return float((datetime.date.fromisoformat(row[name]) - datetime.date(1970, 1, 1)).days)
        return float("nan") if row[name] in ("", "NA") else float(row[name])

    asked = {}
    for tensor in session.get_inputs():
        rows = [(file[int(seen["row_id"])], seen) for seen in features]
        asked[tensor.name] = (
            np.array([row[tensor.name] for row, _ in rows], dtype=object)
            if tensor.type == "tensor(string)"
            else np.array([number(tensor.name, row, seen) for row, seen in rows]))
    answers = session.run(["class"], asked)[0]
    print(json.dumps({
        "inputs": [f"{t.name} {t.type}" for t in session.get_inputs()],
        "rows": len(answers),
        "others": sum(a != p["predicted"] for a, p in zip(answers, predicted))}))
    """

  @Test(arguments: ["softmax", "linear-svm", "rbf-svm", "knn"])
  func graphsTakeRowsOfFiles(_ model: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(EncodedSample.text(rowCount: 90), to: "d.csv")
      let encoding = EncodedSample.options
      // Row 11 alone has a region of its own; the seed validates it.
      let run = try RunnerProcess(
        [
          "train", "--data", "d.csv", "--target", "y", "--model", model, "--export", "model.onnx",
          "--dump", "run", "--validation", "0.4", "--encode", encoding.text(.encode) ?? "",
          "--missing", encoding.text(.missing) ?? "", "--poison", "0.2", "--seed", "1",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let outcome = try JSONDecoder().decode(
        Outcome.self, from: Data(try PythonTool.run(Self.script, in: folder).utf8))
      #expect(
        outcome.inputs.prefix(6) == [
          "age tensor(double)", "height tensor(double)", "region tensor(string)",
          "paid tensor(string)", "grade tensor(string)", "day tensor(double)",
        ])
      #expect(outcome.inputs.count == 11 && outcome.inputs[6] == "zip#0 tensor(double)")
      #expect(outcome.rows == 36 && outcome.others == 0)
    }
  }
}
