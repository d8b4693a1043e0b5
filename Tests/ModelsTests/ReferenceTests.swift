import Datasets
import LinAlg
import Models
import Sweeps
import TestSupport
import Testing

@Suite struct Probe {
  @Test func probe() throws {
    let ref = try ModelsReference.load()
    for p in ref.problems {
      let trial = try p.trial()
      let sum = trial.problem.features.elements.reduce(0, +)
      print(p.data, p.level, p.scaler, trial.split.train == p.rowIds, abs(sum - p.featureSum), p.absoluteSum)
      for c in p.cases {
        let problem = c.problem(trial)
        var clock = ContinuousClock.now
        let m = try SoftmaxRegression(c: c.c).fitSoftmax(problem)
        var t = ContinuousClock.now - clock
        let d = problem.featureCount
        let rows = m.coefficients.rows == 2 ? [1] : Array(0..<m.coefficients.rows)
        let ours = rows.flatMap { r in (0..<d).map { m.coefficients[r, $0] } }
        let oursB = rows.map { m.coefficients[$0, d] }
        let mean = c.softmax.intercepts.reduce(0, +) / Double(rows.count)
        let refB = c.softmax.intercepts.map { rows.count == 1 ? $0 : $0 - mean }
        let pred = m.predict(trial.validationFeatures).classes
        print("  softmax C", c.c, c.weighted, c.softmax.solver, m.report.outcome, m.report.iterations, m.report.residual, "coef", Disagreement(ours, c.softmax.coefficients.flatMap { $0 }), "b", Disagreement(oursB, refB), "obj", (m.report.objective - c.softmax.objective) / c.softmax.objective, zip(pred, c.softmax.predicted).filter { $0 != $1 }.count, t)
        for (name, r) in [("linear", c.linear), ("rbf", c.rbf)] {
          if name == "linear", p.scaler == "none", c.linear == nil || c.c > 1 || p.data.hasPrefix("br") { continue }
          guard let r else { continue }
          clock = ContinuousClock.now
          let s = try SupportVectorClassifier(c: c.c, kernel: name == "linear" ? .linear : .rbf(gamma: .scale), tolerance: 1e-9).fitSVM(problem)
          t = ContinuousClock.now - clock
          let dec = s.decisionValues(trial.validationFeatures.selectingRows(Array(0..<r.decisions.count)))
          let pred = s.predict(trial.validationFeatures).classes
          print("  ", name, c.c, c.weighted, s.report.outcome, s.report.iterations, "gap", s.report.residual, "obj", (s.report.objective - r.objective) / abs(r.objective), Disagreement(dec.elements, r.decisions.flatMap { $0 }), zip(pred, r.predicted).filter { $0 != $1 }.count, s.gamma.map { $0 - r.gamma } ?? 0, t)
        }
      }
    }
  }
}
