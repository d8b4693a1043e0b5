/// The keys of a plan.
enum PlanKey: String, CaseIterable {
  case data, target, ignore, header, attacks, levels, defenses, models, validation, trusted, scaler
  case scalerFit = "scaler_fit"
  case seed, seeds
  case untilCI = "until_ci"
  case maxSeeds = "max_seeds"
}
