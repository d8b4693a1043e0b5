public import Documents

/// Why a data set could not be read, built, split or modelled.
///
/// Every case carries the offending value; `description` adds what would be accepted.
public enum DatasetsError: Error, Equatable, Sendable {
  // MARK: - Files

  /// The file is missing, is a directory, or may not be read.
  case unreadableFile(path: String, reason: String)

  /// The file holds no byte besides a byte order mark and line breaks.
  case emptyFile(file: String)

  /// The file ends after its header.
  case noRows(file: String)

  /// Something at a place of a file that is not CSV.
  case content(ContentProblem)

  /// No array of a file, of those it has, can be told to hold the labels; `target` is what was asked for.
  case unknownLabels(file: String, target: String?, arrays: [String])

  /// The file with the labels of `file` is not among those that were `tried`.
  case noLabelsFile(file: String, tried: [String])

  /// Nobody has said which column of a file has the labels, and a file of this format does not say it.
  case targetMissing(file: String)

  /// The data in a file take more memory than there is.
  case tooLarge(file: String, what: String, byteCount: Int, limit: Int)

  /// Data of a package of the system that is not installed.
  case notInstalled(name: String, path: String, package: String)

  // MARK: - CSV syntax

  /// A byte that is not part of a UTF-8 sequence.
  case invalidUTF8(at: FileLocation, byte: UInt8)

  /// A quotation mark inside a field that does not begin with one.
  case strayQuote(at: FileLocation, text: String)

  /// Text between a closing quotation mark and the next comma or line break.
  case textAfterClosingQuote(at: FileLocation, text: String)

  /// A quoted field, opened at the location, that is never closed.
  case unterminatedQuote(at: FileLocation)

  /// A carriage return outside quotes that no line feed follows.
  case strayCarriageReturn(at: FileLocation)

  /// A row with another number of fields than the first one; 0 for a blank line.
  ///
  /// The line is that of the last field there should be, or of the last there is.
  case raggedRow(at: FileLocation, found: Int, expected: Int)

  // MARK: - CSV columns

  /// A header field without text, of the column of that index.
  case emptyColumnName(at: FileLocation, index: Int)

  /// A reference to a name that several columns have.
  case ambiguousColumn(file: String, name: String, columns: [Int])

  /// A reference to a column that is neither a name nor an index of `columns`.
  case unknownColumn(file: String, reference: String, suggestion: String?, columns: [String])

  /// The target is among the ignored columns.
  case ignoredTarget(file: String, column: String)

  /// A column that is to be several things, as `parts` say.
  case twoParts(file: String, column: String, parts: [String])

  /// A column that says something of rows, as `part` does, in a file whose format has none.
  case noRowColumns(file: String, part: String, format: String)

  /// Nothing is left of `columns` once the target and the ignored ones are taken.
  case noFeatureColumn(file: String, columns: [String])

  // MARK: - CSV values

  /// Text in a column of numbers.
  case notANumber(at: FileLocation, text: String, column: String)

  /// Text in a column that holds something else but numbers: dates, or some words.
  case unexpectedText(at: FileLocation, text: String, column: String, accepted: String)

  /// Nothing in a column of numbers.
  case emptyNumber(at: FileLocation, column: String)

  /// A decimal number beyond `Scaler.largestMagnitude`, whose powers would not be finite.
  case numberOutOfRange(at: FileLocation, text: String, column: String)

  /// NaN or infinity where the options do not allow it.
  case nonFiniteNumber(at: FileLocation, text: String, column: String)

  /// Nothing in the target column.
  case emptyLabel(at: FileLocation, column: String)

  /// Nothing in the column of the groups.
  case emptyGroup(at: FileLocation, column: String)

  /// No number from 0 up in the column of the weights.
  case invalidWeight(at: FileLocation, text: String, column: String)

  /// A column of weights that are all 0.
  case noWeight(file: String, column: String)

  /// Every row bears the same label.
  case singleClass(file: String, label: String, column: String)

  /// What somebody says of how columns become numbers cannot be, or leaves nothing.
  case encoding(EncodingProblem)

  /// Several things are wrong with the rows of a file.
  case faults(CSVFaults)

  // MARK: - Dialects

  /// A CSV file can be read in several ways, and nothing in it says which is meant.
  case dialect(DialectQuestion)

  /// What is said of how a file is written does not fit together.
  case dialectClash(file: String, reason: String)

  /// A file of another program, and what makes a table of it that can be read.
  case foreign(file: String, format: String, remedy: String)

  // MARK: - Data sets

  /// A data set without a feature.
  case noFeatures

  /// A data set of fewer than two classes.
  case tooFewClasses(count: Int)

  /// The number of `noun` differs from the number of `counterpart`.
  case countMismatch(noun: String, count: Int, counterpart: String, expected: Int)

  /// A feature or class name, as `noun` says, that occurs twice.
  case repeatedName(noun: String, name: String)

  /// A label that is not a class index.
  case labelOutOfRange(row: Int, label: Int, classCount: Int)

  /// A feature that is not finite, or beyond `Scaler.largestMagnitude`.
  case featureOutOfRange(row: Int, feature: String, value: Double)

  // MARK: - Splits and generators

  /// A sample of more rows than there are, or of too few for two of each class.
  case sampleOutOfRange(count: Int, least: Int, sampleCount: Int)

  /// A validation share outside the open interval (0, 1).
  case validationShareOutOfRange(Double)

  /// A validation share that takes more rows than the training rows of each class can spare.
  case validationTooLarge(share: Double, validationCount: Int, limit: Int, sampleCount: Int)

  /// A share of trusted rows outside the interval from 0 to below 1.
  case trustedShareOutOfRange(Double)

  /// A share of trusted rows that takes more than the training rows of each class can spare.
  case trustedTooLarge(share: Double, trustedCount: Int, limit: Int, trainingCount: Int)

  /// A class, all of whose rows are in one group of a column, or in none that a split could part.
  case groupsTooFew(className: String, groupCount: Int, column: String)

  /// A share of trusted rows that whole groups cannot give while every class keeps rows on both sides.
  case groupsWithoutTrusted(share: Double, column: String)

  /// Weights of classes that are negative, not finite, or all zero.
  case invalidPriors([Double])

  /// A class whose mean or covariance is not finite, or has no eigenvalues to working precision.
  case invalidDistribution(className: String)
}

extension DatasetsError {
  /// Whether the outside world is at fault rather than what was read.
  public var isInputOutput: Bool {
    switch self {
    case .unreadableFile, .noLabelsFile, .notInstalled: true
    default: false
    }
  }

  /// Whether an option is at fault rather than the content of a file.
  public var isUsage: Bool {
    switch self {
    case .unknownColumn, .ignoredTarget, .validationShareOutOfRange, .validationTooLarge,
      .trustedShareOutOfRange, .trustedTooLarge, .invalidPriors, .unknownLabels, .sampleOutOfRange,
      .targetMissing, .ambiguousColumn, .dialectClash, .twoParts, .noRowColumns,
      .groupsWithoutTrusted:
      true
    case .encoding(let problem): problem.key != nil
    case .noFeatureColumn(_, let columns):
      // A file of one column leaves no choice of options that would work.
      columns.count > 1
    default:
      false
    }
  }
}
