import CBLAS

/// What this program needs of the processor it runs on.
public enum Processor {
  /// The first instruction set the program was compiled for and this processor lacks, if any.
  ///
  /// Programs check it before anything else, because the alternative is an illegal instruction.
  public static var missingInstructionSet: String? {
    // Safe: the C function returns nil or a string literal.
    guard let name = unsafe hemlock_missing_instruction_set() else { return nil }
    return unsafe String(cString: name)
  }
}
