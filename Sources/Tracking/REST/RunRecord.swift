/// A run as the server tells it.
struct RunRecord: Decodable {
  struct Info: Decodable {
    let runId: String
    let experimentId: String
    let runName: String?
    let status: String?
    let startTime: WholeNumber?
    let artifactUri: String?
    let lifecycleStage: String?
  }

  struct Content: Decodable {
    let tags: [Pair]?
  }

  struct Outputs: Decodable {
    struct Output: Decodable {
      let modelId: String?
    }

    let modelOutputs: [Output]?
  }

  let info: Info
  let data: Content?
  let outputs: Outputs?

  var run: Run {
    let tags = [String: String](data?.tags)
    return Run(
      id: info.runId, experimentID: info.experimentId,
      name: info.runName ?? tags["mlflow.runName"] ?? "",
      status: info.status.flatMap(RunStatus.init) ?? .running,
      startTime: info.startTime?.value ?? 0, artifactURI: info.artifactUri ?? "", tags: tags)
  }
}

struct RunAnswer: Decodable {
  let run: RunRecord
}

struct RunPage: Decodable {
  let runs: [RunRecord]?
  let nextPageToken: String?
}
