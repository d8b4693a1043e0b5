import Analyses
import Datasets
import Defenses
import Store
package import Sweeps

/// What holds of the privacy of a model, for machines.
package struct PrivacyRecord: Encodable {
  /// `model`, `mechanism with secret randomness`, or `none`: what ε and δ are of.
  package let guarantee: String
  /// ε; nil without a guarantee.
  package let epsilon: Double?
  /// δ; nil without a guarantee.
  package let delta: Double?
  /// Which training sets are neighbours.
  package let relation: String
  /// Where the noise is from.
  package let noise: String
  /// Why there is no guarantee; nil where there is one.
  package let reasons: [String]?

  /// The record of a statement.
  package init(_ statement: PrivacyStatement) {
    let guarantee = statement.guarantee
    (epsilon, delta) = (guarantee?.epsilon, guarantee?.delta)
    self.guarantee =
      guarantee == nil ? "none" : statement.isSecret ? "model" : "mechanism with secret randomness"
    relation = "one training row replaced by another"
    noise = statement.isSecret ? "system, not kept" : "published key and seed"
    reasons = guarantee == nil ? statement.reasons : nil
  }
}

/// What holds of the privacy of models under a defence, for machines.
struct DefensePrivacy: Encodable {
  let defense: String
  let privacy: PrivacyRecord
}

extension PrivacyStatement {
  /// Why there is no guarantee.
  package var reasons: [String] {
    obstacles.map { obstacle in
      switch obstacle {
      case .scaler(let kind):
        "the \(kind.rawValue) scaler is fitted to the private rows, and the model has it exactly"
      case .rowDefenses(let names):
        "\(names.joined(separator: ", ")) chose among the rows by what all of them are"
      case .unfinishedFit: "the objective was not minimised, which the proof takes for granted"
      }
    }
  }

  /// What holds, in words.
  package var text: String {
    guard let guarantee else {
      return "no guarantee: " + reasons.joined(separator: "; ")
    }
    let bound =
      "ε = \(guarantee.epsilon), δ = \(guarantee.delta) for one training row replaced by another"
    return isSecret
      ? "\(bound): of the model. The noise is the system's and was not kept."
      : "\(bound): of the mechanism with secret randomness. The noise follows from a published key and "
        + "seed, so this model hides nothing from those who know them."
  }
}

extension Answer.Section {
  /// What holds of the privacy of models of a study; nil where no defence is for it.
  static func privacy(_ facts: StudyFacts) -> Answer.Section? {
    guard let identity = facts.plan.study else { return nil }
    let texts = facts.cells.map(\.defenseName).distinct.compactMap { name -> String? in
      guard let chain = try? DefenseCatalog.chain(name) else { return nil }
      return PrivacyStatement(chain, scaler: identity.scaler, policy: identity.scalerPolicy).map {
        "\(name): \($0.text)"
      }
    }
    return texts.isEmpty ? nil : Answer.Section("Privacy", [.text(texts)])
  }
}
