import LinAlg
import Testing

@Suite struct ProcessorTests {
  /// Otherwise the tests themselves would run into illegal instructions.
  @Test func hasWhatTheProgramWasCompiledFor() {
    #expect(Processor.missingInstructionSet == nil)
  }

  @Test func kernelsOfBLASHaveAName() {
    #expect(!BLAS.kernelName.isEmpty)
  }
}
