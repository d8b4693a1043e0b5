/// The keys of a plan.
public enum PlanKey: String, CaseIterable, Sendable {
  case data, target, ignore, group, weights, header, sample
  case attack, attacks, levels, defenses, models, validation, trusted
  case scaler
  case scalerFit = "scaler_fit"
  case seed, seeds
  case untilCI = "until_ci"
  case maxSeeds = "max_seeds"
  case generator, rows, added
  case validationRows = "validation_rows"
  case separator, decimal, thousands, quote, comment, skip, encoding
  case encode, missing
  case missingText = "missing_text"
}
