import Documents
import GRDB
import Sweeps

/// What a store says of its study, apart from results.
struct StoreContent: Equatable {
  var plan: StoredPlan

  /// The attacks, each once.
  var attacks: [StoredAttack]

  var cells: [StudyCell]

  init(_ study: Study, _ plan: StoredPlan) {
    self.plan = plan
    attacks = study.storedAttacks
    cells = study.storedCells.distinct
  }

  init(from database: Database) throws {
    plan = try StoredPlan(from: database)
    attacks = try StoredAttack.all(from: database)
    cells = try StudyCell.all(from: database)
  }

  /// Writes the content into empty tables.
  func insert(into database: Database) throws {
    try plan.replace(in: database)
    for attack in attacks { try attack.insert(into: database) }
    for (index, cell) in cells.enumerated() { try cell.insert(into: database, at: index) }
  }

  /// Brings a store up to this content, of which it has the beginning.
  func replaceShorter(in database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if StoreSchema.olderVersions.contains(version) {
      try StoreSchema.update(database)
    }
    let stored = try StoreContent(from: database)
    if stored.plan != plan { try plan.replace(in: database) }
    for attack in attacks.dropFirst(stored.attacks.count) { try attack.insert(into: database) }
    for index in cells.indices.dropFirst(stored.cells.count) {
      try cells[index].insert(into: database, at: index)
    }
  }

  /// The content with what a study wants beside it.
  ///
  /// - Throws: `StoreError.otherEngine`, `.otherStudy` where the two cannot share a store, `.damaged`.
  func extended(
    by wanted: StoreContent, in database: Database, of file: StoreFile
  ) throws -> StoreContent {
    guard plan.engineVersion == wanted.plan.engineVersion else {
      throw StoreError.otherEngine(
        path: file.name, found: plan.engineVersion, expected: wanted.plan.engineVersion)
    }
    guard let ours = wanted.plan.study, let theirs = plan.study else {
      throw StoreError.damaged(
        path: file.name, reason: "plan.identity does not hold what was written")
    }
    if let (key, stored, asked) = try difference(theirs.common, ours.common, in: database) {
      throw StoreError.otherStudy(path: file.name, key: key, stored: stored, wanted: asked)
    }
    var all = self
    let identity = theirs.extended(by: ours)
    if identity != theirs { all.plan = plan.extended(to: identity) }
    all.attacks += wanted.attacks.filter { attack in !attacks.contains { $0.name == attack.name } }
    let known = Set(cells)
    all.cells += wanted.cells.filter { !known.contains($0) }
    return all
  }

  /// The first thing in which two identities differ: its key, and both its values.
  private func difference(
    _ theirs: StudyIdentity, _ ours: StudyIdentity, in database: Database
  ) throws -> (String, String?, String?)? {
    guard theirs != ours else { return nil }
    let (a, b) = (try leaves(of: theirs, in: database), try leaves(of: ours, in: database))
    let differing = (a + b).first { leaf in
      !a.contains { $0 == leaf } || !b.contains { $0 == leaf }
    }
    let key = differing?.key ?? "identity"
    return (key, a.first { $0.key == key }?.value, b.first { $0.key == key }?.value)
  }

  /// The numbers and texts of an identity with their paths, such as `dataset.digest`.
  private func leaves(
    of identity: StudyIdentity, in database: Database
  ) throws -> [(key: String, value: String)] {
    let sql = "SELECT substr(fullkey, 3), atom FROM json_tree(?) WHERE atom IS NOT NULL"
    return try Row.fetchAll(database, sql: sql, arguments: [identity.text]).map { row in
      let (key, atom): (DatabaseValue, DatabaseValue) = (row[0], row[1])
      return (
        (String.fromDatabaseValue(key) ?? "").filter { $0 != "\"" },
        String.fromDatabaseValue(atom)?.quotedExcerpt ?? "\(atom)"
      )
    }
  }
}
