import Documents

/// The parameters of a defence as they were written.
typealias DefenseParameters = SpecificationParameters<DefensesError>
