import Documents

extension DefenseCatalog {
  /// The defences of the family, in the order they are listed.
  static let validation: [DefenseEntry] = [
    DefenseEntry(
      name: "validate", summary: "removes rows with values beyond what can be, and copies of rows",
      family: .validation,
      parameters: [
        .init(
          "ranges", "fence (outer fences) or trusted (those of trusted rows)", default: "fence"),
        .init("scope", "global or class: whose values a range is for", default: "global"),
        .init("margin", "a number from 0 up: widens trusted ranges", default: "0.1"),
        .init("duplicates", "remove or keep: copies beyond the first", default: "remove"),
      ], cost: "a sort of each feature", source: "Tukey, Exploratory Data Analysis, 1977"
    ) { parameters throws(SpecificationError) in
      .rows(
        RangeCheck(
          ranges: try parameters.choice("ranges"),
          scope: try parameters.choice("scope"),
          margin: try parameters.number(
            "margin", accepted: "a number from 0 up", where: { $0 >= 0 }),
          removesCopies: try parameters.word("duplicates", of: ["remove", "keep"]) == "remove"))
    }
  ]
}
