import Datasets
import Documents
import LinAlg
import Poisoning
import Testing

/// Which labels the attacks on labels alone give, by definition.
struct LabelAttackTests {
  @Test(arguments: AttackCase.named("flip", "relabel", "pair", "noise-matrix"))
  func labelsAlwaysChangeToAnotherClass(_ attackCase: AttackCase) throws {
    let attack = try attackCase.attack()
    let base = try attackCase.sample.training()
    let count = attack.capacity(classCounts: base.classCounts)
    for seed in 0..<UInt32(20) {
      let patch = attack.patch(base, count: count, key: .standard, seed: seed)
      for (row, new) in zip(patch.rows, try #require(patch.labels)) {
        let old = base.labels[row]
        #expect(new != old && (0..<base.classCount).contains(new))
        switch attack {
        case let relabel as Relabel: #expect(new == relabel.targetClass)
        case let flip as PairFlip:
          #expect(new == flip.pair?.target ?? (old + 1) % base.classCount)
          #expect(old == flip.pair?.source ?? old)
        case let noise as NoiseMatrix: #expect(noise.rates[old][new] > 0)
        default: break
        }
      }
    }
  }

  @Test func pairsHaveTheRowsOfTheirFirstClass() {
    #expect(PairFlip().capacity(classCounts: [5, 0, 7]) == 12)
    #expect(PairFlip(.init(from: 2, to: 0)).capacity(classCounts: [5, 0, 7]) == 7)
    #expect(PairFlip(.init(from: 1, to: 0)).capacity(classCounts: [5, 0, 7]) == 0)
  }

  @Test func classesThatAreKeptHaveNoRows() throws {
    let noise = try NoiseMatrix(rates: [[0.5, 0.5, 0], [0, 1, 0], [1e-12, 0, 1 - 1e-12]])
    #expect(noise.capacity(classCounts: [5, 3, 7]) == 12)
    #expect(try NoiseMatrix(rates: [[1, 0], [0, 1]]).capacity(classCounts: [5, 3]) == 0)
  }

  @Test(arguments: [
    [], [[1]], [[1, 0]], [[1, 0], [1]], [[1, 0], [0.5, 0.6]], [[1, 0], [-0.1, 1.1]],
    [[1, 0], [.nan, 1]], [[1, 0], [.infinity, 0]], [[1, 0], [0.5, 0.5 - 2e-9]],
  ])
  func ratesAreAStochasticMatrix(_ rates: [[Double]]) {
    #expect(throws: SpecificationError.self) { try NoiseMatrix(rates: rates) }
  }
}
