/// What each cell of a study is compared with, seed by seed, by places in the order of the study.
package struct CellPartners: Sendable {
  /// The clean cell of the same model.
  package let clean: [Int?]

  /// The cell without defences.
  package let undefended: [Int?]

  /// The partners of the cells of a study.
  package init(_ study: Study) {
    clean = study.cellIndices.map { study.cleanCell(of: $0).map(study.position) }
    undefended = study.cellIndices.map { study.undefendedCell(of: $0).map(study.position) }
  }

  /// Cells, and those that they are compared with.
  func including(_ cells: [Bool]) -> [Bool] {
    var all = cells
    for cell in cells.indices where cells[cell] {
      if let clean = clean[cell] { all[clean] = true }
      if let undefended = undefended[cell] { all[undefended] = true }
    }
    return all
  }
}
