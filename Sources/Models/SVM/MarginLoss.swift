/// What a margin m = y·f(x) costs a support vector machine.
public enum MarginLoss: Sendable, Equatable {
  /// max(0, 1 − m): that of C-SVC.
  case hinge

  /// 0 beyond 1 + h, 1 − m below 1 − h, and the parabola (1 + h − m)²/4h between: Huber's loss on the
  /// margin, convex.
  ///
  /// Source: Chapelle, "Training a support vector machine in the primal", Neural Computation 19
  /// (2007), equation 2.14.
  case huberized(h: Double)

  /// min(1 − s, max(0, 1 − m)) with s < 0: a row far on the wrong side costs no more than 1 − s and
  /// has no influence, as in Tukey's loss. Not convex.
  ///
  /// Source: Collobert, Sinz, Weston, Bottou, "Trading convexity for scalability", ICML 2006.
  case ramp(s: Double)

  /// The loss of a margin.
  package func value(_ margin: Double) -> Double {
    switch self {
    case .hinge: max(0, 1 - margin)
    case .huberized(let h):
      margin >= 1 + h
        ? 0 : margin <= 1 - h ? 1 - margin : (1 + h - margin) * (1 + h - margin) / (4 * h)
    case .ramp(let s): min(1 - s, max(0, 1 - margin))
    }
  }
}
