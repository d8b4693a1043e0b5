import Foundation
public import Poisoning
import Statistics
import Sweeps

/// What poison costs a model and what gives it back: the answers for one attack, level, defence and model.
///
///     R(p; τ) = min{m : A((1−p)n + m, pn) ≥ A(n, 0) − τ}/n
///     n_eff   solves A(n_eff, 0) = A((1−p)n, pn),   γ = ln(n_eff/n)/ln(1 − p)
///     loss    A(n, 0) − A((1−p)n, pn) = lost rows A(n, 0) − A((1−p)n, 0) + active harm
public struct PoisonAnswer: Sendable {
  /// The model.
  public let model: String

  /// The attack.
  public let attack: String

  /// The share p.
  public let level: PoisonLevel

  /// The defences; `none` for none.
  public let defense: String

  /// Number of rows n.
  public let rows: Int

  /// The largest share m/n that was measured.
  public let reach: Double

  /// Accuracy without poison and without defence.
  public let cleanAccuracy: Estimate

  /// Accuracy with both.
  public let accuracy: Estimate

  /// What is lost.
  public let loss: Estimate

  /// What the clean rows that are gone would have given; nil with a defence or without the control.
  public let lostRows: Estimate?

  /// What poison does beyond that.
  public let harm: Estimate?

  /// What the defence gives back; nil without one.
  public let gain: Estimate?

  /// R for each tolerance τ; ∞ is beyond `reach`.
  public let recovery: [(tolerance: Double, factor: Estimate)]

  /// The smallest share m/n that was measured at which accuracy is surely back, to `recoveredMargin`; nil
  /// where the largest does not bring it back.
  ///
  /// Sizes are tested from the largest down, at 5 % each, to the first that fails: in that order the probability
  /// of any false one is 5 %.
  public let recovered: Double?

  /// The p-value of a defence that leaves accuracy within `recoveredMargin` of that of clean data, by two
  /// one-sided tests; nil without one.
  public let equivalence: Double?

  /// Clean rows needed for each poisoned one to stay at the accuracy of n clean ones, R(p; 0)/p − 1.
  public let exchangeRate: Estimate?

  /// n_eff; nil where clean rows were not measured below n.
  public let effectiveRows: Estimate?

  /// γ: 1 where poison is as good as no rows, more where it is worse.
  public let dilution: Estimate?

  /// What is lost at the largest size that was poisoned at this level; nil where that is n.
  public let probe: (rows: Int, loss: Estimate)?

  /// e, where the loss falls as n^−e from n to the largest size; ∞ where none is left.
  public let decay: Estimate?

  /// The smallest clean size, below which n_eff is not told.
  public let smallestSize: Int

  /// Whether the curve of added rows rises; where it falls it is not smoothed.
  public let isRising: Bool

  /// What more rows of the same mixture would do.
  public enum Cause: String, Sendable, Encodable {
    /// The loss falls as sets grow: more data of the same quality do.
    case variance
    /// The loss stays, or falls so slowly that only clean rows or a defence help.
    case bias
    /// Neither is sure.
    case open
  }

  /// Bias or variance, by the decay of the loss; nil without a probe or without a loss to speak of.
  public var cause: Cause? {
    guard let decay, loss.interval.lower > 0, loss.interval.upper > Self.margin else { return nil }
    if decay.interval.lower > Self.slowDecay { return .variance }
    return decay.interval.upper < Self.slowDecay ? .bias : .open
  }

  /// A loss below this, half a point, is none to speak of.
  static let margin = 0.005

  /// The decay below which a loss is there to stay: it would take 16 times the rows to halve it.
  static let slowDecay = 0.25

  /// How near accuracy has to be to be back.
  public static let recoveredMargin = 0.01

  /// The tolerances τ.
  public static let tolerances = [0, 0.005, 0.01]

  /// R(p; τ); nil for a tolerance that is none of those.
  public func factor(_ tolerance: Double = 0) -> Estimate? {
    recovery.first { $0.tolerance == tolerance }?.factor
  }

  /// Asks a surface; nil where it lacks the cells.
  public init?(
    _ surface: AccuracySurface, attack: String, level: PoisonLevel, defense: String, model: String
  ) {
    let n = surface.base
    let path = surface.recoveryCells(attack, level, defense: defense, model: model)
    guard let clean = surface.cleanCell(n, model: model), let first = path.first,
      first.added == 0, path.count > 1,
      let cleanAccuracy = surface.accuracy(clean), let accuracy = surface.accuracy(first.cell),
      let loss = surface.estimate({ $0[clean] - $0[first.cell] })
    else { return nil }
    (self.model, self.attack, self.level, self.defense) = (model, attack, level, defense)
    rows = n
    (self.cleanAccuracy, self.accuracy, self.loss) = (cleanAccuracy, accuracy, loss)
    reach = Double(path.last?.added ?? 0) / Double(n)
    let control =
      defense == "none" ? surface.controlCell(attack, level, model: model) : nil
    lostRows = control.flatMap { control in surface.estimate { $0[clean] - $0[control] } }
    harm = control.flatMap { control in surface.estimate { $0[control] - $0[first.cell] } }
    let undefended =
      defense == "none"
      ? nil
      : surface.cell(attack, level, rows: TrainingRows(attacked: n), model: model)
    gain = undefended.flatMap { cell in surface.estimate { $0[first.cell] - $0[cell] } }

    let curve = SizeCurve(path.map { (n + $0.added, $0.cell) }, of: surface)
    isRising = curve.isRising
    let factor = { @Sendable (means: [Double], tolerance: Double) -> Double in
      max(0, (curve.rows(reaching: means[clean] - tolerance, means) - Double(n)) / Double(n))
    }
    recovery = Self.tolerances.compactMap { tolerance in
      surface.estimate { factor($0, tolerance) }.map { (tolerance, $0) }
    }
    recovered =
      path.reversed().prefix { step in
        Equivalence.pValueOfNoWorse(
          surface.difference(step.cell, clean), margin: Self.recoveredMargin) <= 0.05
      }.last.map { Double($0.added) / Double(n) }
    equivalence =
      defense == "none"
      ? nil
      : Equivalence.pValue(surface.difference(first.cell, clean), margin: Self.recoveredMargin)
    let p = level.share
    exchangeRate = surface.estimate { factor($0, 0) / p - 1 }

    let sizes = surface.cleanCells(model: model)
    smallestSize = sizes.first?.size ?? n
    if smallestSize < n {
      let learning = SizeCurve(sizes, of: surface)
      let effective = { @Sendable (means: [Double]) in
        max(0, learning.rows(reaching: means[first.cell], means))
      }
      effectiveRows = surface.estimate(effective)
      dilution = surface.estimate { log(effective($0) / Double(n)) / log(1 - p) }
    } else {
      (effectiveRows, dilution) = (nil, nil)
    }

    let largest = surface.replaceCells(attack, level, model: model).last
    if defense == "none", let largest, largest.size > n,
      let cleanLargest = surface.cleanCell(largest.size, model: model),
      let loss = surface.estimate({ $0[cleanLargest] - $0[largest.cell] })
    {
      probe = (largest.size, loss)
      let growth = Double(largest.size) / Double(n)
      decay = surface.estimate { means in
        let before = means[clean] - means[first.cell]
        let after = means[cleanLargest] - means[largest.cell]
        return after > 0 ? log(max(before, 0) / after) / log(growth) : .infinity
      }
    } else {
      (probe, decay) = (nil, nil)
    }
  }
}

extension AccuracySurface {
  /// The answers for every attack, level, defence and model that was measured.
  public var answers: [PoisonAnswer] {
    attacks.flatMap { attack in
      levels.flatMap { level in
        models.flatMap { model in
          defenses.compactMap { defense in
            PoisonAnswer(self, attack: attack, level: level, defense: defense, model: model)
          }
        }
      }
    }
  }
}
