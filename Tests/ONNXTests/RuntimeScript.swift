/// Checks and runs every model of a folder; prints one object a case.
let runtimeScript = """
  import json, os, sys
  import numpy as np, onnx, onnxruntime

  folder = sys.argv[1]
  types = {"long": np.int64, "double": np.float64, "string": np.object_}

  def array(index, suffix):
      return np.fromfile(os.path.join(folder, f"{index}.{suffix}"), dtype="<f8")

  def difference(a, b):
      with np.errstate(invalid="ignore"):
          apart = np.where(a == b, 0, np.abs(a - b))
      worst = float(np.max(apart, initial=0))
      return worst if np.isfinite(worst) else None

  outcomes = []
  for index, case in enumerate(json.load(open(os.path.join(folder, "cases.json")))):
      path = os.path.join(folder, f"{index}.onnx")
      model = onnx.load(path)
      onnx.checker.check_model(model, full_check=True)
      properties = {item.key: json.loads(item.value) for item in model.metadata_props}
      session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
      rows = array(index, "rows").reshape(-1, len(case["featureNames"]))
      values = session.run(None, {"features": rows})
      names = [output.name for output in session.get_outputs()]
      expected = case["outputs"]
      labels = array(index, "labels").astype(np.int64)
      certain = array(index, "certain") == 1
      scores = array(index, "scores").reshape(len(rows), -1)
      outcomes.append({
          "labels": int(np.sum((values[0] != labels) & certain)),
          "uncertain": int(np.sum((values[0] != labels) & ~certain)),
          "classes": sum(case["classNames"][i] != n for i, n in zip(values[0], values[1])),
          # The label of a vector machine has the largest score, ties of votes and all.
          "unranked": int(np.sum(
              np.argmax(np.stack(values[2:], axis=1), axis=1) != values[0]))
              if expected[2][0].startswith("score_") else 0,
          "difference": difference(np.stack(values[2:], axis=1)[certain], scores[certain]),
          "outputs": sum(
              name != wanted[0] or value.dtype != types[wanted[1]] or value.shape != (len(rows),)
              for name, wanted, value in zip(names, expected, values))
              + abs(len(names) - len(expected)),
          "hasNames": properties
              == {"classes": case["classNames"], "features": case["featureNames"]},
      })
  print(json.dumps(outcomes))
  """
