import Datasets
import Defenses
import Documents
import LinAlg
import Models

/// A built-in set with its features scaled to mean 0 and deviation 1.
func scaled(_ name: String) -> (features: Matrix<Double>, labels: [Int], classCount: Int) {
  guard let embedded = EmbeddedDataset(rawValue: name) else {
    preconditionFailure("There is no set \(name)")
  }
  let dataset = embedded.load()
  let scaler = Scaler(.standard, fittedTo: dataset.features)
  return (scaler.transform(dataset.features), dataset.labels, dataset.classCount)
}

/// The scaled set as suspects, with some labels given others.
func suspects(
  _ name: String, labels: [Int]? = nil, trusted: LabeledRows? = nil, seed: UInt32 = 0
) -> Suspects {
  let data = scaled(name)
  return Suspects(
    features: data.features, labels: labels ?? data.labels, classCount: data.classCount,
    trusted: trusted, seed: seed)
}

/// A share of labels moved to another class.
func flipped(_ labels: [Int], share: Double, classCount: Int, seed: UInt32) -> [Int] {
  var stream = RandomStream(key: .standard, purpose: RandomPurpose(9_998), seed: seed)
  let order = stream.permutation(of: labels.count)
  var flipped = labels
  for row in order.prefix(Int(share * Double(labels.count))) {
    flipped[row] = (labels[row] + 1 + stream.integer(below: classCount - 1)) % classCount
  }
  return flipped
}

/// The row defences of a text such as `lof:n_neighbors=5`.
func rowDefense(_ text: String) throws -> any RowDefense {
  let chain = try DefenseCatalog.chain(text, for: EmbeddedDataset.iris.load())
  guard let defense = chain.rowDefenses.first else {
    throw SpecificationError(.defense, text, .unknown(accepted: []))
  }
  return defense
}

/// A model that defences may ask for.
func softmax() throws -> SoftmaxRegression { try SoftmaxRegression() }
