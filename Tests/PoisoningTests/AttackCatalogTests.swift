import Datasets
import Documents
import LinAlg
import Poisoning
import TestSupport
import Testing

struct AttackCatalogTests {
  private static let iris = EmbeddedDataset.iris.load()

  @Test func listsEveryAttackOnce() {
    let names = AttackCatalog.names
    #expect(Set(names).count == names.count)
    #expect(
      Set(names).isSuperset(of: [
        "uniform", "gaussian", "out-of-range", "shuffle", "swap", "sentinel", "unit-error",
        "duplicates", "deletion", "flip", "relabel", "pair", "noise-matrix",
      ]))
    #expect(AttackCatalog.entries.allSatisfy { !$0.summary.isEmpty && !$0.flows.isEmpty })
  }

  /// Only what says so needs parameters, and what it needs it names.
  @Test func namesAloneAreEnoughForMost() throws {
    for entry in AttackCatalog.entries {
      guard entry.needsParameters else {
        let attack = try AttackCatalog.attack(entry.name, for: Self.iris)
        #expect(attack.specification == entry.name && attack.flow == entry.flows[0])
        continue
      }
      let error = try #require(throws: SpecificationError.self) {
        try AttackCatalog.attack(entry.name, for: Self.iris)
      }
      guard error.name == entry.name, case .missingParameter(let name, _) = error.problem else {
        Issue.record("\(error)")
        continue
      }
      #expect(entry.parameters.contains { $0.name == name })
      #expect(error.description.hasPrefix("The attack \(entry.name) needs \(name), which must be "))
    }
  }

  @Test(arguments: [
    ("uniform", "uniform"), ("uniform:", "uniform"), ("flip", "flip"), ("relabel", "relabel"),
    ("relabel:", "relabel"), ("relabel:class=0", "relabel"), ("relabel:class=setosa", "relabel"),
    ("relabel:class=2", "relabel:class=virginica"),
    ("relabel:class=virginica", "relabel:class=virginica"),
    ("out-of-range", "out-of-range"), ("out-of-range:kappa=10", "out-of-range"),
    ("out-of-range:kappa=1e2", "out-of-range:kappa=100.0"),
    ("out-of-range:kappa=0.5", "out-of-range:kappa=0.5"),
    ("out-of-range:sides=high", "out-of-range"),
    ("out-of-range:sides=both,kappa=10", "out-of-range:sides=both"),
    ("uniform:range=global,label=keep", "uniform"), ("uniform:flow=replace", "uniform"),
    ("uniform:label=random,range=class", "uniform:label=random,range=class"),
    ("uniform:flow=add", "uniform:flow=add"), ("flip:flow=delete", "flip:flow=delete"),
    ("gaussian:scale=1,clip=no", "gaussian"),
    ("gaussian:clip=yes,scale=0.50", "gaussian:clip=yes,scale=0.5"),
    ("sentinel:value=-999.0,columns=one", "sentinel"),
    ("sentinel:value=missing", "sentinel:value=missing"),
    ("sentinel:value=0", "sentinel:value=0.0"),
    ("unit-error:kind=times-10,columns=one", "unit-error"),
    ("unit-error:kind=swap", "unit-error:kind=swap"),
    ("unit-error:kind=decimal,columns=all", "unit-error:columns=all,kind=decimal"),
    ("duplicates:copies=5", "duplicates"), ("duplicates:class=2", "duplicates:class=virginica"),
    ("duplicates:copies=2,flow=add", "duplicates:copies=2,flow=add"),
    ("deletion:flow=delete", "deletion"), ("deletion:class=virginica", "deletion:class=virginica"),
    ("deletion:along=3", "deletion:along=petal width (cm)"),
    ("pair:to=2,from=setosa", "pair:from=setosa,to=virginica"),
    (
      "noise-matrix:rates=1:0:0/0.25:0.5:2.5e-1/0:0:1",
      "noise-matrix:rates=1.0:0.0:0.0/0.25:0.5:0.25/0.0:0.0:1.0"
    ),
  ])
  func readsWhatIsAskedFor(_ text: String, _ specification: String) throws {
    let attack = try AttackCatalog.attack(text, for: Self.iris)
    #expect(attack.specification == specification)
    // What an attack calls itself asks for the same attack again.
    let again = try AttackCatalog.attack(attack.specification, for: Self.iris)
    #expect(again.specification == specification && again.name == attack.name)
    let base = try Sample.iris.training()
    #expect(
      again.patch(base, count: 20, key: .standard, seed: 1)
        == attack.patch(base, count: 20, key: .standard, seed: 1))
  }

  @Test func namesOfClassesComeBeforeIndices() throws {
    for (names, text, target) in [
      (["1", "2", "3"], "2", 1), (["1", "2", "3"], "3", 2), (["1", "2", "c"], "0", 0),
      (["2", "1", "0"], "0", 2), (["a", "0", "b"], "2", 2), (["a", "b", "1"], "1", 2),
    ] {
      let dataset = try Dataset(
        name: "numbered", features: Matrix(rows: 3, columns: 1), labels: [0, 1, 2],
        classNames: names, featureNames: ["x"], targetName: "t")
      let attack = try AttackCatalog.attack("relabel:class=\(text)", for: dataset)
      #expect((attack as? Relabel)?.targetClass == target)
      let again = try AttackCatalog.attack(attack.specification, for: dataset)
      #expect((again as? Relabel)?.targetClass == target, "\(attack.specification) of \(names)")
    }
    // Of numbers, one that is no class is a mistake.
    let numbered = try Dataset(
      name: "numbered", features: Matrix(rows: 3, columns: 1), labels: [0, 1, 2],
      classNames: ["1", "2", "3"], featureNames: ["x"], targetName: "t")
    #expect(throws: SpecificationError.self) {
      try AttackCatalog.attack("relabel:class=0", for: numbered)
    }
  }

  @Test(arguments: [
    ("", "", SpecificationError.Problem.unknown(accepted: AttackCatalog.names)),
    ("Uniform", "Uniform", .unknown(accepted: AttackCatalog.names)),
    ("unifrom", "unifrom", .unknown(accepted: AttackCatalog.names)),
    (":", "", .unknown(accepted: AttackCatalog.names)),
    (" flip", " flip", .unknown(accepted: AttackCatalog.names)),
    (
      "uniform:p=1",
      "uniform", .unknownParameter("p", accepted: ["range", "label", "flow"])
    ),
    ("flip:=", "flip", .unknownParameter("", accepted: ["flow"])),
    (
      "relabel:klass=1",
      "relabel", .unknownParameter("klass", accepted: ["class", "flow"])
    ),
    (
      "out-of-range:class=1",
      "out-of-range", .unknownParameter("class", accepted: ["kappa", "sides", "flow"])
    ),
    (
      "relabel:class",
      "relabel",
      .invalidParameter(
        "class", value: "",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=3",
      "relabel",
      .invalidParameter(
        "class", value: "3",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=-1",
      "relabel",
      .invalidParameter(
        "class", value: "-1",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=a=b",
      "relabel",
      .invalidParameter(
        "class", value: "a=b",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "out-of-range:kappa=ten",
      "out-of-range", .invalidParameter("kappa", value: "ten", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=-1",
      "out-of-range", .invalidParameter("kappa", value: "-1", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa",
      "out-of-range", .invalidParameter("kappa", value: "", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=inf",
      "out-of-range", .invalidParameter("kappa", value: "inf", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=0",
      "out-of-range", .invalidParameter("kappa", value: "0", accepted: "a positive number")
    ),
    (
      "noise-matrix",
      "noise-matrix",
      .missingParameter(
        "rates",
        accepted: "3 rows of 3 rates that sum to 1, such as 1:0:0/0:1:0/0:0:1")
    ),
  ])
  func saysWhatItCannotDo(
    _ text: String, _ name: String, _ problem: SpecificationError.Problem
  ) {
    let expected = SpecificationError(.attack, name, problem)
    #expect(throws: expected) { try AttackCatalog.attack(text, for: Self.iris) }
  }

  /// Values that the parameters of the other attacks cannot have.
  @Test(arguments: [
    ("uniform:range=", "global or class"), ("uniform:label=flip", "keep or random"),
    ("uniform:flow=", "replace or add or delete"), ("duplicates:flow=delete", "replace or add"),
    ("deletion:flow=replace", "delete"), ("gaussian:scale=0", "a positive number"),
    ("gaussian:scale=nan", "a positive number"), ("gaussian:clip=1", "no or yes"),
    ("out-of-range:sides=low", "high or both"),
    ("sentinel:value=inf", "a finite number or missing"),
    ("sentinel:value=", "a finite number or missing"), ("sentinel:columns=2", "one or all"),
    ("unit-error:kind=feet", "times-10 or divide-10 or inches or decimal or swap"),
    ("unit-error:kind=swap,columns=all", "left out with kind=swap"),
    ("duplicates:copies=0", "a whole number from 1 to 1000000"),
    ("duplicates:class=rose", "one of setosa, versicolor, virginica"),
    ("deletion:along=0+1", "one feature"), ("deletion:along=4", "features such as"),
    ("deletion:along=0,class=1", "left out with along"),
    ("pair:from=0", "given together with from"), ("pair:to=0", "given together with to"),
    ("pair:from=0,to=setosa", "another class than from"),
    ("noise-matrix:rates=", "3 rows of 3 rates that sum to 1"),
    ("noise-matrix:rates=1:0/0:1", "3 rows of 3 rates that sum to 1"),
    ("noise-matrix:rates=1:0:0/0:1:0/0:0:2", "3 rows of 3 rates that sum to 1"),
    ("noise-matrix:rates=1:0:0/0:1:0/0:x:1", "3 rows of 3 rates that sum to 1"),
    ("noise-matrix:rates=1:0:0/0:1:0/0:0:1/", "3 rows of 3 rates that sum to 1"),
  ])
  func valuesAreChecked(_ text: String, _ accepted: String) throws {
    let error = try #require(throws: SpecificationError.self) {
      try AttackCatalog.attack(text, for: Self.iris)
    }
    guard case .invalidParameter(_, _, let found) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(found.hasPrefix(accepted) && !error.description.contains { $0.isNewline })
  }

  @Test func oneFeatureCannotBeExchanged() throws {
    let dataset = try Dataset(
      name: "narrow", features: Matrix(rows: 2, columns: 1), labels: [0, 1],
      classNames: ["a", "b"], featureNames: ["x"], targetName: "t")
    #expect(throws: SpecificationError.self) {
      try AttackCatalog.attack("unit-error:kind=swap", for: dataset)
    }
  }

  @Test(arguments: [0, -1, Double.nan, .infinity, -.infinity])
  func kappaIsAPositiveNumber(_ kappa: Double) {
    #expect(throws: SpecificationError.self) { try OutOfRange(kappa: kappa) }
  }

  @Test(arguments: [
    ("unifrom", "There is no attack \"unifrom\"; did you mean uniform? attacks: uniform, "),
    ("zzz", "There is no attack \"zzz\"; attacks: \(AttackCatalog.names.joined(separator: ", "))"),
    ("relabel:clas=1", "no parameter \"clas\"; did you mean class? parameters: class, flow"),
    ("out-of-range:q=1", "has no parameter \"q\"; parameters: kappa, sides, flow"),
    ("flip:a=1", "The attack flip has no parameter \"a\"; parameters: flow"),
    ("noise-matrix", "The attack noise-matrix needs rates, which must be 3 rows of 3 rates"),
    (
      "relabel:class=rosa",
      "cannot have class \"rosa\"; it must be one of setosa, versicolor, virginica"
    ),
    ("out-of-range:kappa=x", "cannot have kappa \"x\"; it must be a positive number"),
  ])
  func messagesSayWhatIsAccepted(_ text: String, _ part: String) throws {
    let error = try #require(throws: SpecificationError.self) {
      try AttackCatalog.attack(text, for: Self.iris)
    }
    #expect(error.description.contains(part), "\(error)")
  }

  @Test func messagesOfBudgetsSayWhatIsAccepted() throws {
    let level = try PoisonLevel(0.9)
    #expect(
      PoisoningError.noCleanRow(level: level, rowCount: 3).description
        == "A poison level of 90 % leaves none of 3 training rows clean; use a lower level")
    #expect(
      PoisoningError.budgetTooLarge(attack: "relabel", level: level, rowCount: 9, available: 7)
        .description
        == "relabel at 90 % would have to poison 9 training rows, but only 7 can be; "
        + "use a lower level")
  }

  /// Whatever the text, there is an attack that can be asked for again, or a message of one line.
  @Test(arguments: 0..<UInt32(4))
  func survivesAnyText(_ seed: UInt32) throws {
    let fragments =
      AttackCatalog.names + [
        ":", ",", "=", "class", "kappa", "1", "-", "e", "nan", "inf", "virginica", "2", "0x", " ",
        "flow", "add", "delete", "rates", "/", "label", "random", "copies", "along",
        ".", "é", "e\u{301}", "😀", "\u{0}", "::", "==", "999999999999999999999", "\u{FEFF}",
      ]
    var stream = RandomStream(purpose: .testing, seed: seed)
    let (base, validation) = try Sample.iris.rows()
    for _ in 0..<500 {
      let text = (0..<1 + stream.integer(below: 7))
        .map { _ in fragments[stream.integer(below: fragments.count)] }.joined()
      do throws(SpecificationError) {
        let attack = try AttackCatalog.attack(text, for: Self.iris)
        #expect(AttackCatalog.names.contains(attack.name), "\(text)")
        let again = try AttackCatalog.attack(attack.specification, for: Self.iris)
        #expect(again.specification == attack.specification, "\(text)")
        let count = min(3, attack.capacity(classCounts: base.classCounts))
        let patch = attack.patch(
          base, count: count, key: .standard, seed: seed, validation: validation)
        #expect(patch.rows.count == count)
      } catch {
        #expect(!error.description.contains { $0.isNewline }, "\(text)")
        #expect(
          ["attacks: ", "parameter", "must be"].contains { error.description.contains($0) })
      }
    }
  }
}
