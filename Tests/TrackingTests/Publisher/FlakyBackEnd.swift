import Synchronization
import Tracking

/// A back end in memory that fails at one of its calls, before or after it has done its work.
final class FlakyBackEnd: BackEnd {
  /// What is there.
  struct Content: Equatable {
    var runs: [String: RunData] = [:]
    var identities: [String: [String: String]] = [:]
    var statuses: [String: RunStatus] = [:]
    var datasets: [String: [DatasetInput]] = [:]
    var files: [String: [UInt8]] = [:]
    var models: [String: [LoggedModel]] = [:]
    var versions: [String: [String]] = [:]
    var callCount = 0
  }

  let name = "memory"
  private let content = Mutex(Content())
  private let failing: Mutex<(call: Int, isAfter: Bool)?>

  init(failingAt call: Int?, after isAfter: Bool = false) {
    failing = Mutex(call.map { ($0, isAfter) })
  }

  /// What is there, without the number of calls.
  var state: Content {
    content.withLock { content in
      var state = content
      state.callCount = 0
      return state
    }
  }

  /// Number of calls so far.
  var callCount: Int { content.withLock(\.callCount) }

  private func call<Value>(
    _ body: (inout Content) -> Value
  ) throws(TrackingError) -> Value {
    let lost = TrackingError.unreachable(backEnd: name, reason: "it was unplugged")
    let number = content.withLock { content in
      defer { content.callCount += 1 }
      return content.callCount
    }
    let failure = failing.withLock { failing -> (call: Int, isAfter: Bool)? in
      guard let now = failing, now.call == number else { return nil }
      failing = nil
      return now
    }
    if failure?.isAfter == false { throw lost }
    let value = content.withLock { body(&$0) }
    if failure != nil { throw lost }
    return value
  }

  func experiment(
    named name: String, tags: [String: String]
  ) throws(TrackingError) -> Experiment {
    try call { _ in Experiment(id: "1", name: name, artifactLocation: "memory:/1") }
  }

  func runs(
    of experiment: Experiment, tagged tags: [String: String]
  ) throws(TrackingError) -> [Run] {
    try call { content in
      content.runs.sorted { $0.key < $1.key }.compactMap { id, data in
        let all = data.tags.merging(content.identities[id] ?? [:]) { $1 }
        guard tags.allSatisfy({ all[$0.key] == $0.value }) else { return nil }
        return Self.run(id, all, content.statuses[id] ?? .running)
      }
    }
  }

  private static func run(_ id: String, _ tags: [String: String], _ status: RunStatus) -> Run {
    Run(
      id: id, experimentID: "1", name: id, status: status, startTime: 7, artifactURI: "memory:/1",
      tags: tags)
  }

  func create(_ run: NewRun, in experiment: Experiment) throws(TrackingError) -> Run {
    try call { content in
      let id = "\(content.runs.count)"
      content.runs[id] = RunData()
      content.identities[id] = run.tags
      return Self.run(id, run.tags, .running)
    }
  }

  func log(_ data: RunData, to run: Run) throws(TrackingError) {
    try call { content in
      content.runs[run.id]?.parameters.merge(data.parameters) { $1 }
      content.runs[run.id]?.tags.merge(data.tags) { $1 }
      for metric in data.metrics where content.runs[run.id]?.metrics.contains(metric) == false {
        content.runs[run.id]?.metrics.append(metric)
      }
    }
  }

  func log(_ datasets: [DatasetInput], to run: Run) throws(TrackingError) {
    try call { $0.datasets[run.id] = datasets }
  }

  func update(_ run: Run, status: RunStatus, endTime: Int?) throws(TrackingError) {
    try call { $0.statuses[run.id] = status }
  }

  func upload(_ file: Artifact, to run: Run) throws(TrackingError) {
    try call { $0.files["\(run.id)/\(file.path)"] = file.content }
  }

  func models(of run: Run) throws(TrackingError) -> [LoggedModel] {
    try call { $0.models[run.id] ?? [] }
  }

  func create(_ model: NewLoggedModel, of run: Run) throws(TrackingError) -> LoggedModel {
    try call { content in
      let id = "m-\(run.id)-\(content.models[run.id]?.count ?? 0)"
      let made = LoggedModel(id: id, name: model.name, isReady: false, artifactURI: "memory:/\(id)")
      content.models[run.id, default: []].append(made)
      return made
    }
  }

  func upload(_ file: Artifact, to model: LoggedModel) throws(TrackingError) {
    try call { $0.files["\(model.id)/\(file.path)"] = file.content }
  }

  func finish(_ model: LoggedModel, of run: Run) throws(TrackingError) {
    try call { content in
      content.models[run.id] = content.models[run.id]?.map { known in
        known.id != model.id
          ? known
          : LoggedModel(
            id: known.id, name: known.name, isReady: true, artifactURI: known.artifactURI)
      }
    }
  }

  func register(
    _ model: LoggedModel, of run: Run, as name: String, alias: String?
  ) throws(TrackingError) -> Int {
    try call { content in
      if let known = content.versions[name]?.firstIndex(of: model.id) { return known + 1 }
      content.versions[name, default: []].append(model.id)
      return content.versions[name]?.count ?? 0
    }
  }

  func close() throws(TrackingError) {}
}
