/// Something about a table that makes accuracy on it doubtful, whatever the model.
///
/// It is a question to whoever knows the data, not a verdict: each says what was seen, which is so.
public struct Suspicion: Sendable, Equatable, Encodable {
  /// What it is about, the most important first.
  public enum Kind: String, CaseIterable, Sendable, Encodable {
    /// The file has the columns in which poison is marked.
    case markedPoison = "marked-poison"
    /// The file is what is left of another after rows that look wrong were taken out or changed.
    case cleanedRows = "cleaned-rows"
    /// A column numbers the rows.
    case rowNumber = "row-number"
    /// Rows are in the order of a column, and their place tells their class.
    case order
    /// A column alone tells the classes.
    case tellingColumn = "telling-column"
    /// Rows to be judged on are equal to rows that are trained on.
    case twins
    /// Numbers stand for "not known".
    case lostValues = "lost-values"
    /// Classes differ in blanks or case only.
    case classNames = "class-names"
    /// Classes have too few rows to be judged on.
    case smallClasses = "small-classes"
    /// Columns have one value only.
    case constant
    /// Columns have one value in all rows but a handful.
    case nearlyConstant = "nearly-constant"
  }

  /// What it is about.
  public let kind: Kind

  /// The columns concerned.
  public let columns: [String]

  /// What was seen and what that means, one sentence without its full stop.
  public let finding: String

  /// The columns that may have to be left out; none where something else is to be done.
  public let leaveOut: [String]

  init(_ kind: Kind, _ columns: [String] = [], _ finding: String, leaveOut: [String] = []) {
    (self.kind, self.columns, self.finding) = (kind, columns, finding)
    self.leaveOut = leaveOut
  }

  /// That a file is one that `runner inspect` has cleaned, of which a part is judged on.
  package init(cleanedFile: String) {
    self.init(
      .cleanedRows, [],
      "\(cleanedFile) has been cleaned by `runner inspect`, and so have the rows that models are judged "
        + "on: accuracy on rows as they come is lower; judge on a file that nobody has cleaned")
  }

  private enum CodingKeys: CodingKey { case kind, columns, finding }
}
