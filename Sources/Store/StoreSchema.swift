import GRDB
import Sweeps

/// How a store is laid out in SQLite.
enum StoreSchema {
  /// The mark of our databases: the ASCII bytes of "HMLK".
  static let applicationID = 0x484D_4C4B

  static let version = 6

  /// The versions without `outcome`, the first without `request` and `progress` too; writers add them.
  static let olderVersions = [4, 5]

  /// Makes tables and views in an empty database.
  static func create(in database: Database, width: CountWidth) throws {
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
    try database.execute(sql: tables)
    try database.execute(sql: newerTables)
    try database.execute(sql: cellSummaryView)
    try database.execute(sql: fitView(width: width))
  }

  /// Bytes of a page: a quarter must hold a row of `result`, or each row takes a page of its own.
  static func pageSize(width: CountWidth) -> Int {
    width.byteCount < 4 ? 16_384 : 32_768
  }

  /// Brings a store of the older version up to date.
  static func update(_ database: Database) throws {
    try database.execute(sql: newerTables)
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  private static let newerTables = """
    CREATE TABLE IF NOT EXISTS request (
      -- What the last command wanted of this file; at most one row.
      kind TEXT NOT NULL,               -- experiment, tournament, mitigation, sweep or curves
      seeds INTEGER NOT NULL,           -- of each cell; with until_ci the least
      until_ci REAL,                    -- half-width to stop at, or NULL
      max_seeds INTEGER,                -- where until_ci ends in any case
      cells TEXT NOT NULL,              -- JSON array of the cells it wanted
      fits INTEGER NOT NULL,            -- in all of them; with until_ci the most
      left_out TEXT NOT NULL,           -- JSON array: what took no part, and why
      plan TEXT                         -- the plan file, if there was one
    );
    CREATE TABLE IF NOT EXISTS progress (
      -- How far the last writer came; at most one row.
      fits_per_second REAL NOT NULL,    -- over the last seconds
      widest REAL,                      -- half-width of the widest interval, with until_ci
      blocks INTEGER,                   -- once all that was wanted is there: of so many blocks
      written_at TEXT NOT NULL          -- UTC
    );
    CREATE TABLE IF NOT EXISTS outcome (
      -- How each fit ended of the cells in which not all converged.
      block INTEGER NOT NULL,
      cell INTEGER NOT NULL,
      outcomes BLOB NOT NULL,           -- a byte a seed: 0 converged, 1 iteration-limit, 2 overflow, 3 constant
      PRIMARY KEY (block, cell)
    ) WITHOUT ROWID;
    """

  private static let tables = """
    CREATE TABLE plan (
      -- The study this file belongs to; one row.
      digest TEXT NOT NULL,             -- SHA-256 of identity
      identity TEXT NOT NULL,           -- JSON: everything the results depend on
      program TEXT NOT NULL,            -- the program that made the file
      program_version TEXT NOT NULL,
      engine_version INTEGER NOT NULL,
      dataset TEXT NOT NULL,
      dataset_digest TEXT NOT NULL,     -- SHA-256 of the content
      class_names TEXT NOT NULL,        -- JSON array, by class index
      training_rows INTEGER NOT NULL,   -- of every split
      validation_rows INTEGER NOT NULL,
      first_seed INTEGER NOT NULL,
      block_size INTEGER NOT NULL,      -- seeds of every block but the last
      count_width INTEGER NOT NULL,     -- bytes of one count in result.correct
      created_at TEXT NOT NULL,         -- UTC
      cpu TEXT NOT NULL,                -- of the machine that made the file
      cores INTEGER NOT NULL
    );
    CREATE TABLE attack (
      -- The threat model of each attack.
      attack TEXT PRIMARY KEY,          -- as in cell
      flow TEXT NOT NULL,               -- replace, add or delete
      goal TEXT NOT NULL,
      knowledge TEXT NOT NULL,
      sees_validation INTEGER NOT NULL, -- whether validation rows were among what is known
      changes TEXT NOT NULL,
      limits TEXT NOT NULL,             -- what changed rows still respect
      defense_aware TEXT NOT NULL       -- the defence it was made to pass, or none
    );
    CREATE TABLE cell (
      -- What is compared: an attack at a level, what is done against it, and a model.
      cell INTEGER PRIMARY KEY,
      attack TEXT NOT NULL,             -- 'none' at level 0
      level REAL NOT NULL,              -- share of poisoned training rows
      attacked_rows INTEGER NOT NULL,   -- clean rows that the level refers to
      added_rows INTEGER NOT NULL,      -- clean rows beyond the reach of the attack
      defense TEXT NOT NULL,            -- defences in order, or 'none'
      model TEXT NOT NULL,
      parameters TEXT NOT NULL
    );
    CREATE TABLE block (
      -- Consecutive seeds.
      block INTEGER PRIMARY KEY,
      first_seed INTEGER NOT NULL,
      seed_count INTEGER NOT NULL,      -- of the cell that has most
      seconds REAL NOT NULL             -- how long it took
    );
    CREATE TABLE result (
      -- One cell under the first seeds of one block. For each measure the number of seeds that have it and,
      -- of numbers of rows, their sum and that of their squares; of other measures, the mean and the sum of
      -- squared deviations from it. A mean or sum of squares that is not a number is NULL.
      block INTEGER NOT NULL REFERENCES block,
      cell INTEGER NOT NULL REFERENCES cell,
    \(Measure.rows.map(\.storedDefinitions).joined(separator: "\n"))
      converged INTEGER NOT NULL,       -- fits by how they ended
      iteration_limit INTEGER NOT NULL,
      overflow INTEGER NOT NULL,
      constant INTEGER NOT NULL,
      iterations INTEGER NOT NULL,
      confusion TEXT NOT NULL,          -- JSON: [true class][predicted class], summed over seeds
      correct BLOB NOT NULL,            -- counts by seed, little-endian, plan.count_width bytes each
      PRIMARY KEY (block, cell)         -- so that a new block is written at the end
    ) WITHOUT ROWID;
    """
}
