import Models

/// The fits of one cell under consecutive seeds, with those they are compared with.
struct CellFits: Sendable {
  /// The place of the cell in the order of the study.
  let cell: Int

  /// Position of the first seed in its block.
  let start: Int

  /// One fit a seed.
  let own: [FitTally]

  /// The fits of the clean cell of the same model; empty where there is none.
  let clean: [FitTally]

  /// The fits of the cell without defences; empty where there is none.
  let undefended: [FitTally]

  /// The confusion matrices of `own`, summed.
  let confusion: ConfusionMatrix

  /// Position of the seed after the last.
  var end: Int { start + own.count }
}
