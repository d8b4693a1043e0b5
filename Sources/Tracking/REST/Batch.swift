import Files

/// What one `runs/log-batch` takes.
struct Batch {
  private static let metricLimit = 1000
  private static let pairLimit = 100
  private static let entityLimit = 1000
  /// MLflow's limit is 1 MB; the rest is for what the estimates leave out.
  private static let byteLimit = 900_000

  struct Point: Encodable {
    let key: String
    let value: Double
    let timestamp: Int
    let step: Int
    let modelId: String?
  }

  private let runID: String
  private(set) var metrics: [Point] = []
  private(set) var params: [Pair] = []
  private(set) var tags: [Pair] = []
  private var byteCount = 0

  private init(runID: String) {
    self.runID = runID
  }

  /// What the call sends.
  var body: CallBody {
    ["run_id": runID, "metrics": metrics, "params": params, "tags": tags]
  }

  /// Divides the data of a run.
  static func batches(of data: RunData, runID: String) -> [Batch] {
    var (batches, batch) = ([Batch](), Batch(runID: runID))
    func add(_ byteCount: Int, _ hasRoom: (Batch) -> Bool, _ put: (inout Batch) -> Void) {
      if !hasRoom(batch) || batch.entityCount == entityLimit
        || batch.byteCount + byteCount > byteLimit
      {
        batches.append(batch)
        batch = Batch(runID: runID)
      }
      batch.byteCount += byteCount
      put(&batch)
    }
    for pair in data.parameters.pairs.map(\.cutAsParameter) {
      add(pair.byteCount, { $0.params.count < pairLimit }, { $0.params.append(pair) })
    }
    for pair in data.tags.pairs.map(\.cutAsTag) {
      add(pair.byteCount, { $0.tags.count < pairLimit }, { $0.tags.append(pair) })
    }
    for metric in data.metrics {
      // Two numbers of up to 20 digits, one of up to 24, an id of 34 and the names of the members.
      add(
        metric.key.jsonLiteral.utf8.count + 180, { $0.metrics.count < metricLimit },
        { $0.metrics.append(Point(metric, runID: runID)) })
    }
    return batch.entityCount == 0 ? batches : batches + [batch]
  }

  private var entityCount: Int { metrics.count + params.count + tags.count }
}

extension Batch.Point {
  fileprivate init(_ metric: Metric, runID: String) {
    self.init(
      key: metric.key, value: metric.value, timestamp: metric.timestamp, step: metric.step,
      modelId: metric.modelID.flatMap { RunModel.isFolder($0, ofRun: runID) ? nil : $0 })
  }
}

extension Pair {
  /// The pair as a parameter of a run or model, cut where MLflow cuts.
  var cutAsParameter: Pair { cut(at: Limits.parameter) }

  /// The pair as a tag of a run, cut where MLflow cuts.
  var cutAsTag: Pair { cut(at: Limits.tag) }

  fileprivate var byteCount: Int {
    key.jsonLiteral.utf8.count + (value?.jsonLiteral.utf8.count ?? 0) + 24
  }

  private func cut(at limit: Int) -> Pair { Pair(key: key, value: value?.cut(at: limit)) }
}
