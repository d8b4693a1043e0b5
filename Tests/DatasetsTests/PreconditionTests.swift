import Datasets
import LinAlg
import Testing

struct PreconditionTests {
  @Test func scalersTrapOnAnotherNumberOfFeatures() async {
    await #expect(processExitsWith: .failure) {
      let scaler = Scaler(.none, fittedTo: Matrix(rows: 1, columns: 2))
      _ = scaler.transform(Matrix(rows: 1, columns: 3))
    }
  }

  @Test func splitsTrapOnLabelsOutOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = try Split.stratified(labels: [0, 2], classCount: 2, validationShare: 0.5, seed: 0)
    }
  }

  @Test func writersTrapOnRaggedRows() async {
    await #expect(processExitsWith: .failure) {
      var writer = CSVWriter(header: ["a", "b"])
      writer.append(["1"])
    }
    await #expect(processExitsWith: .failure) {
      _ = CSVWriter(header: [])
    }
  }

  @Test func digestsTrapOnRowsOutOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = EmbeddedDataset.iris.load().digest(ofRows: [150])
    }
  }

  @Test func generatorsTrapOnShapesThatDoNotFit() async {
    await #expect(processExitsWith: .failure) {
      _ = try GaussianGenerator(
        name: "g", priors: [1, 1], means: Matrix(rows: 2, columns: 2),
        covariances: [Matrix(rows: 2, columns: 2), Matrix(rows: 2, columns: 1)],
        classNames: ["a", "b"], featureNames: ["f", "g"], targetName: "y")
    }
    await #expect(processExitsWith: .failure) {
      _ = try GaussianGenerator(fittedTo: EmbeddedDataset.iris.load()).sample(count: -1, seed: 0)
    }
  }
}
