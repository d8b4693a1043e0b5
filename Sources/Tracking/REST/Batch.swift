import Files

/// What one `runs/log-batch` takes.
struct Batch {
  private static let metricLimit = 1000
  private static let pairLimit = 100
  private static let entityLimit = 1000
  /// MLflow's limit is 1 MB; the rest is for what the estimates leave out.
  private static let byteLimit = 900_000

  private let runID: String
  private(set) var metrics: [Metric] = []
  private(set) var params: [Pair] = []
  private(set) var tags: [Pair] = []
  private var byteCount = 0

  var body: CallBody {
    ["run_id": runID, "metrics": metrics, "params": params, "tags": tags]
  }

  static func batches(of data: RunData, of run: Run) -> [Batch] {
    var (batches, batch) = ([Batch](), Batch(runID: run.id))
    func add(_ byteCount: Int, _ hasRoom: (Batch) -> Bool, _ put: (inout Batch) -> Void) {
      if !hasRoom(batch) || batch.entityCount == entityLimit
        || batch.byteCount + byteCount > byteLimit
      {
        batches.append(batch)
        batch = Batch(runID: run.id)
      }
      batch.byteCount += byteCount
      put(&batch)
    }
    for pair in data.parameters.mapValues({ $0.cut(at: Limits.parameter) }).pairs {
      add(pair.byteCount, { $0.params.count < pairLimit }, { $0.params.append(pair) })
    }
    for pair in data.tags.mapValues({ $0.cut(at: Limits.tag) }).pairs {
      add(pair.byteCount, { $0.tags.count < pairLimit }, { $0.tags.append(pair) })
    }
    for var metric in data.metrics {
      metric.timestamp = metric.timestamp ?? run.startTime
      // No table of logged models has a folder of the run.
      if let model = metric.modelID, RunModel.isFolder(model, ofRun: run.id) {
        metric.modelID = nil
      }
      // Two numbers of up to 20 digits, one of up to 24, an id of 34 and the names of the members.
      add(
        metric.key.jsonLiteral.utf8.count + 180, { $0.metrics.count < metricLimit },
        { $0.metrics.append(metric) })
    }
    return batch.entityCount == 0 ? batches : batches + [batch]
  }

  private var entityCount: Int { metrics.count + params.count + tags.count }
}

extension Pair {
  fileprivate var byteCount: Int {
    key.jsonLiteral.utf8.count + (value?.jsonLiteral.utf8.count ?? 0) + 24
  }
}
