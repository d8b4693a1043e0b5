import Datasets
import Defenses
import Documents
import Testing

/// Chains of defences as texts.
struct DefenseChainTests {
  @Test func readsNone() throws {
    let chain = try DefenseCatalog.chain("none", for: EmbeddedDataset.iris.load())
    #expect(chain.isEmpty)
    #expect(chain.specification == "none")
  }

  @Test func namesWhatIsUnknown() {
    let error = #expect(throws: SpecificationError.self) {
      try DefenseCatalog.chain("nosuch", for: EmbeddedDataset.iris.load())
    }
    #expect(
      error == SpecificationError(.defense, "nosuch", .unknown(accepted: DefenseCatalog.names)))
  }
}
