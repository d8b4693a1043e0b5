public import Documents
import Files

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

  /// A header field without text.
  case emptyColumnName(at: FileLocation)

  /// A header field equal to the one in `firstColumn`, counted from 1.
  case duplicateColumnName(at: FileLocation, name: String, firstColumn: Int)

  /// A reference to a column that is neither a name nor an index of `columns`.
  case unknownColumn(file: String, reference: String, suggestion: String?, columns: [String])

  /// The target is among the ignored columns.
  case ignoredTarget(file: String, column: String)

  /// Nothing is left of `columns` once the target and the ignored ones are taken.
  case noFeatureColumn(file: String, columns: [String])

  // MARK: - CSV values

  /// Text in a column of numbers.
  case notANumber(at: FileLocation, text: String, column: String)

  /// Nothing in a column of numbers.
  case emptyNumber(at: FileLocation, column: String)

  /// A decimal number beyond `Scaler.largestMagnitude`, whose powers would not be finite.
  case numberOutOfRange(at: FileLocation, text: String, column: String)

  /// NaN or infinity where the options do not allow it.
  case nonFiniteNumber(at: FileLocation, text: String, column: String)

  /// Nothing in the target column.
  case emptyLabel(at: FileLocation, column: String)

  /// Every row bears the same label.
  case singleClass(file: String, label: String, column: String)

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

  /// A validation share outside the open interval (0, 1).
  case validationShareOutOfRange(Double)

  /// A validation share that takes more rows than the training rows of each class can spare.
  case validationTooLarge(share: Double, validationCount: Int, limit: Int, sampleCount: Int)

  /// A share of trusted rows outside the interval from 0 to below 1.
  case trustedShareOutOfRange(Double)

  /// A share of trusted rows that takes more than the training rows of each class can spare.
  case trustedTooLarge(share: Double, trustedCount: Int, limit: Int, trainingCount: Int)

  /// Weights of classes that are negative, not finite, or all zero.
  case invalidPriors([Double])

  /// A class whose mean or covariance is not finite, or has no eigenvalues to working precision.
  case invalidDistribution(className: String)
}

extension DatasetsError {
  /// Whether the outside world is at fault rather than what was read.
  public var isInputOutput: Bool {
    if case .unreadableFile = self { true } else { false }
  }

  /// Whether an option is at fault rather than the content of a file.
  public var isUsage: Bool {
    switch self {
    case .unknownColumn, .ignoredTarget, .validationShareOutOfRange, .validationTooLarge,
      .trustedShareOutOfRange, .trustedTooLarge, .invalidPriors:
      true
    case .noFeatureColumn(_, let columns):
      // A file of one column leaves no choice of options that would work.
      columns.count > 1
    default:
      false
    }
  }
}

extension DatasetsError: CustomStringConvertible {
  // One table, longer than a function should be, so that the compiler finds a missing case.

  /// What is wrong, where, and what would be accepted, in one line.
  public var description: String {
    switch self {
    case .unreadableFile(let path, let reason):
      "\(path.quotedExcerpt) cannot be read: \(reason)"
    case .emptyFile(let file):
      "\(file): the file is empty; it must hold rows of comma-separated fields"
    case .noRows(let file):
      "\(file): the header is not followed by any row; rows of at least two classes must follow"
    case .invalidUTF8(let location, let byte):
      "\(location): the byte 0x\([byte].hexadecimal.uppercased()) is not valid UTF-8; "
        + "save the file as UTF-8"
    case .strayQuote(let location, let text):
      "\(location): \(text.quotedExcerpt) has a quotation mark in an unquoted field; "
        + #"wrap the field in quotation marks and double those inside, as in "a ""b"" c""#
    case .textAfterClosingQuote(let location, let text):
      "\(location): \(text.quotedExcerpt) follows a closing quotation mark; "
        + "only a comma or a line break may"
    case .unterminatedQuote(let location):
      "\(location): the quotation mark that opens this field is never closed"
    case .strayCarriageReturn(let location):
      "\(location): a carriage return without a line feed; lines end in LF or CR LF"
    case .raggedRow(let location, 0, let expected):
      "\(location): the line is blank; every row must have \(expected) fields"
    case .raggedRow(let location, let found, let expected):
      "\(location): the row has \(counted(found, "field")); "
        + "every row must have \(expected), as the first"

    case .emptyColumnName(let location):
      "\(location): the column has no name; give it one, or leave it out by its index"
    case .duplicateColumnName(let location, let name, let firstColumn):
      "\(location): the name \(name.quotedExcerpt) is already taken by column \(firstColumn); "
        + "column names must differ"
    case .unknownColumn(let file, let reference, let suggestion, let columns):
      "\(file): there is no column \(reference.quotedExcerpt)"
        + (suggestion.map { "; did you mean \($0.quotedExcerpt)? The" } ?? "; the")
        + " columns are \(listed(columns)), also 0 to \(columns.count - 1), "
        + "or -1 to -\(columns.count) from the last"
    case .ignoredTarget(let file, let column):
      "\(file): column \(column.quotedExcerpt) is both the target and ignored; choose one"
    case .noFeatureColumn(let file, let columns):
      "\(file): no feature column is left of \(listed(columns)); "
        + "at least one must be neither the target nor ignored"

    case .notANumber(let location, let text, let column):
      "\(location): \(text.quotedExcerpt) is not a number; column \(column.quotedExcerpt) "
        + "must hold plain decimal numbers such as 1.5"
    case .emptyNumber(let location, let column):
      "\(location): the field is empty; column \(column.quotedExcerpt) "
        + "must hold plain decimal numbers such as 1.5"
    case .numberOutOfRange(let location, let text, let column):
      "\(location): \(text.quotedExcerpt) in column \(column.quotedExcerpt) is out of range; "
        + "magnitudes up to \(Scaler.largestMagnitude) are accepted; a mark of a lost value, as "
        + "1e308 often is, must be replaced or its row left out"
    case .nonFiniteNumber(let location, let text, let column):
      "\(location): \(text.quotedExcerpt) in column \(column.quotedExcerpt) is not finite; "
        + "it must be a plain decimal number such as 1.5"
    case .emptyLabel(let location, let column):
      "\(location): the label is missing; target column \(column.quotedExcerpt) "
        + "must hold text in every row"
    case .singleClass(let file, let label, let column):
      "\(file): every row has the label \(label.quotedExcerpt); "
        + "target column \(column.quotedExcerpt) must hold at least two"

    case .noFeatures:
      "A data set must have at least one feature"
    case .tooFewClasses(let count):
      "A data set of \(counted(count, "class", "classes")) cannot be classified; "
        + "it must have at least 2"
    case .countMismatch(let noun, let count, let counterpart, let expected):
      "The number of \(noun), \(count), differs from the number of \(counterpart), \(expected)"
    case .repeatedName(let noun, let name):
      "The \(noun) \(name.quotedExcerpt) occurs twice; names must differ"
    case .labelOutOfRange(let row, let label, let classCount):
      "Row \(row) has the label \(label); labels are class indices from 0 to \(classCount - 1)"
    case .featureOutOfRange(let row, let feature, let value):
      "Row \(row) of \(feature.quotedExcerpt) is \(value); features are numbers of magnitudes up to "
        + "\(Scaler.largestMagnitude)"
    case .validationShareOutOfRange(let share):
      "The validation share \(share) is not a fraction; it must lie strictly between 0 and 1"
    case .validationTooLarge(let share, let validationCount, let limit, let sampleCount):
      "A validation share of \(share) takes \(validationCount) of \(counted(sampleCount, "row")); "
        + "at most \(limit) can be taken if every class is to keep a training row"
    case .trustedShareOutOfRange(let share):
      "The share of trusted rows \(share) is not a fraction; it must be at least 0 and less than 1"
    case .trustedTooLarge(let share, let trustedCount, let limit, let trainingCount):
      "A trusted share of \(share) takes \(trustedCount) of "
        + "\(counted(trainingCount, "training row")); "
        + "at most \(limit) can be taken if every class is to keep one"
    case .invalidPriors(let priors):
      "The class weights \(priors.map(\.description).joined(separator: ", ")) are no distribution; "
        + "they must be finite, not negative, and not all zero"
    case .invalidDistribution(let className):
      "Class \(className.quotedExcerpt) has no finite mean and covariance; "
        + "feature values must be finite and below about 1e150 in magnitude"
    }
  }

  private func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// The items after each other, at most twelve of them.
  private func listed(_ items: [String]) -> String {
    let shown = items.prefix(12).map(\.quotedExcerpt).joined(separator: ", ")
    return items.count <= 12 ? shown : shown + " and \(items.count - 12) more"
  }
}
