import Datasets
import LinAlg
import Poisoning
import TestSupport
import Testing

struct AttackCatalogTests {
  private static let iris = EmbeddedDataset.iris.load()

  @Test func listsEveryAttackOnce() {
    #expect(
      AttackCatalog.names == [
        "uniform", "out-of-range", "flip", "relabel", "near", "far", "cluster", "alfa", "greedy",
        "reverse-neighbours",
      ])
    #expect(AttackCatalog.entries.allSatisfy { !$0.summary.isEmpty })
  }

  @Test(arguments: [
    ("uniform", "uniform"), ("uniform:", "uniform"), ("flip", "flip"), ("relabel", "relabel"),
    ("relabel:", "relabel"), ("relabel:class=0", "relabel"), ("relabel:class=setosa", "relabel"),
    ("relabel:class=2", "relabel:class=virginica"),
    ("relabel:class=virginica", "relabel:class=virginica"),
    ("out-of-range", "out-of-range"), ("out-of-range:kappa=10", "out-of-range"),
    ("out-of-range:kappa=1e2", "out-of-range:kappa=100.0"),
    ("out-of-range:kappa=0.5", "out-of-range:kappa=0.5"),
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
      (["1", "2", "3"], "2", 1), (["1", "2", "3"], "3", 2), (["1", "2", "3"], "0", 0),
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
  }

  @Test(arguments: [
    ("", PoisoningError.unknownAttack("", accepted: AttackCatalog.names)),
    ("Uniform", .unknownAttack("Uniform", accepted: AttackCatalog.names)),
    ("unifrom", .unknownAttack("unifrom", accepted: AttackCatalog.names)),
    (":", .unknownAttack("", accepted: AttackCatalog.names)),
    (" flip", .unknownAttack(" flip", accepted: AttackCatalog.names)),
    ("uniform:p=1", .unknownParameter(attack: "uniform", name: "p", accepted: [])),
    ("flip:=", .unknownParameter(attack: "flip", name: "", accepted: [])),
    ("relabel:klass=1", .unknownParameter(attack: "relabel", name: "klass", accepted: ["class"])),
    (
      "out-of-range:class=1",
      .unknownParameter(attack: "out-of-range", name: "class", accepted: ["kappa"])
    ),
    (
      "relabel:class",
      .invalidParameter(
        attack: "relabel", name: "class", value: "",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=3",
      .invalidParameter(
        attack: "relabel", name: "class", value: "3",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=-1",
      .invalidParameter(
        attack: "relabel", name: "class", value: "-1",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "relabel:class=a=b",
      .invalidParameter(
        attack: "relabel", name: "class", value: "a=b",
        accepted: "one of setosa, versicolor, virginica")
    ),
    (
      "out-of-range:kappa=ten",
      .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "ten", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=-1",
      .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "-1.0", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa",
      .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=inf",
      .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "inf", accepted: "a positive number")
    ),
    (
      "out-of-range:kappa=0",
      .invalidParameter(
        attack: "out-of-range", name: "kappa", value: "0.0", accepted: "a positive number")
    ),
  ])
  func saysWhatItCannotDo(_ text: String, _ expected: PoisoningError) {
    #expect(throws: expected) { try AttackCatalog.attack(text, for: Self.iris) }
  }

  @Test(arguments: [0, -1, Double.nan, .infinity, -.infinity])
  func kappaIsAPositiveNumber(_ kappa: Double) {
    #expect(throws: PoisoningError.self) { try OutOfRange(kappa: kappa) }
  }

  @Test(arguments: [
    ("unifrom", "There is no attack \"unifrom\"; did you mean \"uniform\"? attacks: uniform, flip"),
    ("zzz", "There is no attack \"zzz\"; attacks: uniform, flip, relabel, out-of-range"),
    ("relabel:clas=1", "has no parameter \"clas\"; did you mean \"class\"? parameters: class"),
    ("out-of-range:q=1", "has no parameter \"q\"; parameters: kappa"),
    ("flip:a=1", "The attack flip has no parameters"),
    ("relabel:class=rosa", "cannot be \"rosa\"; it must be one of setosa, versicolor, virginica"),
    ("out-of-range:kappa=x", "cannot be \"x\"; it must be a positive number"),
  ])
  func messagesSayWhatIsAccepted(_ text: String, _ part: String) throws {
    let error = try #require(throws: PoisoningError.self) {
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
        ".", "é", "e\u{301}", "😀", "\u{0}", "::", "==", "999999999999999999999", "\u{FEFF}",
      ]
    var stream = RandomStream(purpose: .testing, seed: seed)
    let base = try Sample.iris.training()
    let validation = try Sample.iris.validation()
    for _ in 0..<500 {
      let text = (0..<1 + stream.integer(below: 7))
        .map { _ in fragments[stream.integer(below: fragments.count)] }.joined()
      do throws(PoisoningError) {
        let attack = try AttackCatalog.attack(text, for: Self.iris)
        #expect(AttackCatalog.names.contains(attack.name), "\(text)")
        let again = try AttackCatalog.attack(attack.specification, for: Self.iris)
        #expect(again.specification == attack.specification, "\(text)")
        let patch = attack.patch(
          base, count: 3, key: .standard, seed: seed, validation: validation)
        #expect(patch.rows.count == 3)
      } catch {
        #expect(!error.description.contains { $0.isNewline }, "\(text)")
        #expect(
          ["attacks: ", "parameter", "must be"].contains { error.description.contains($0) })
      }
    }
  }
}
