/// The keys of a plan.
enum PlanKey: String, CaseIterable {
  case data, target, ignore, header, attack, attacks, levels, defenses, models, validation, trusted
  case scaler
  case scalerFit = "scaler_fit"
  case seed, seeds
  case untilCI = "until_ci"
  case maxSeeds = "max_seeds"
  case generator, rows, added
  case validationRows = "validation_rows"
}
