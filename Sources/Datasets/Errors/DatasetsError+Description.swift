import Documents
import Files

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
    case .content(let problem): problem.description
    case .unknownLabels(let file, let target, let arrays):
      (target.map {
        "No array \($0.quotedExcerpt) of \(file) holds the labels of another, one for each row; "
      } ?? "No two arrays of \(file) are called as features and labels usually are, as X and y; ")
        + "name the labels' array; there are: \(arrays.joined(separator: ", "))"
    case .noLabelsFile(let file, let tried):
      "There is no file with the labels of \(file); looked for "
        + tried.map(\.quotedExcerpt).joined(separator: ", ") + "; name it"
    case .targetMissing(let file):
      "\(file) needs a target, the name or index of the column that holds the classes"
    case .tooLarge(let file, let what, let byteCount, let limit):
      "\(file): \(what) would take \(byteCount) bytes, and \(limit) bytes of memory are available; "
        + "take fewer rows or columns"
    case .notInstalled(let name, let path, let package):
      "\(name) is not installed: \(path) is missing; apt-get install \(package)"
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

    case .emptyColumnName(let location, let index):
      "\(location): the column has no name; give it one, or leave it out by its index, \(index)"
    case .ambiguousColumn(let file, let name, let columns):
      "\(file): \(columns.count) columns are called \(name.quotedExcerpt); choose by the index: "
        + columns.map(\.description).joined(separator: ", ")
    case .unknownColumn(let file, let reference, let suggestion, let columns):
      "\(file): there is no column \(reference.quotedExcerpt)"
        + (suggestion.map { "; did you mean \($0.quotedExcerpt)? The" } ?? "; the")
        + " columns are \(listed(columns)), also 0 to \(columns.count - 1), "
        + "or -1 to -\(columns.count) from the last"
    case .ignoredTarget(let file, let column):
      "\(file): column \(column.quotedExcerpt) is both the target and ignored; choose one"
    case .twoParts(let file, let column, let parts):
      "\(file): column \(column.quotedExcerpt) is to be both the \(parts.joined(separator: " and the ")); "
        + "choose one"
    case .noRowColumns(let file, let part, let format):
      "\(file): \(format) has no column for \(part); accepted: files whose rows are text, such as CSV"
    case .noFeatureColumn(let file, let columns):
      "\(file): no feature column is left of \(listed(columns)); "
        + "at least one must be neither the target nor ignored"

    case .notANumber(let location, let text, let column):
      "\(location): \(text.quotedExcerpt) is not a number; column \(column.quotedExcerpt) "
        + "must hold plain decimal numbers such as 1.5"
    case .unexpectedText(let location, let text, let column, let accepted):
      "\(location): \(text.quotedExcerpt) cannot be in column \(column.quotedExcerpt), which holds "
        + accepted
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
    case .emptyGroup(let location, let column):
      "\(location): the row has no group; column \(column.quotedExcerpt) must hold text in every row, "
        + "a name of its own for a row that belongs to no other"
    case .invalidWeight(let location, let text, let column):
      "\(location): \(text.isEmpty ? "the row has no weight" : "\(text.quotedExcerpt) cannot be a weight"); "
        + "column \(column.quotedExcerpt) must hold plain decimal numbers from 0 up, such as 1.5"
    case .noWeight(let file, let column):
      "\(file): all weights are 0; column \(column.quotedExcerpt) must hold a number above 0 in some row"
    case .singleClass(let file, let label, let column):
      "\(file): every row has the label \(label.quotedExcerpt); "
        + "target column \(column.quotedExcerpt) must hold at least two"

    case .encoding(let problem): problem.description
    case .faults(let faults): faults.description
    case .dialect(let question): question.description
    case .dialectClash(let file, let reason): "\(file): \(reason)"
    case .foreign(let file, let format, let remedy):
      "\(file) is \(format), which is not read; make a table of it: \(remedy)"

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
    case .sampleOutOfRange(let count, let least, let sampleCount):
      "A sample of \(counted(count, "row")) cannot be taken of \(counted(sampleCount, "row")); "
        + (least < sampleCount
          ? "accepted: \(least) to \(sampleCount - 1), so that every class has two"
          : "two of every class are needed, so no smaller set will do")
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
    case .groupsTooFew(let className, 1, let column):
      "Class \(className.quotedExcerpt) stands in one group of \(column.quotedExcerpt) only, so it cannot be on "
        + "both sides of a split; accepted: two groups or more of each class"
    case .groupsTooFew(let className, let groupCount, let column):
      "Class \(className.quotedExcerpt) stands in \(groupCount) groups of \(column.quotedExcerpt), and no split "
        + "was found that has it on both sides beside the other classes; accepted: more groups, or "
        + "groups that share fewer classes"
    case .groupsWithoutTrusted(let share, let column):
      "A trusted share of \(share) takes whole groups of \(column.quotedExcerpt), and no split was found that "
        + "leaves every class some to train on; accepted: a smaller share, or 0"
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
