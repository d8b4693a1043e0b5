import Models

/// The fits of one cell under consecutive seeds, with those they are compared with.
struct CellFits: Sendable {
  /// The place of the cell in the order of the study.
  let cell: Int

  /// Position of the first seed in its block.
  let start: Int

  /// One fit a seed, beside those it is compared with.
  let fits: [FitComparison]

  /// Their confusion matrices, summed.
  let confusion: ConfusionMatrix

  /// Position of the seed after the last.
  var end: Int { start + fits.count }
}
