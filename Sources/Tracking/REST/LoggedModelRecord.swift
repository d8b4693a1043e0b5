/// A logged model as the server tells it.
struct LoggedModelRecord: Decodable {
  struct Info: Decodable {
    let modelId: String
    let name: String?
    let status: String?
    let artifactUri: String?
    let sourceRunId: String?
  }

  let info: Info

  var model: LoggedModel {
    LoggedModel(
      id: info.modelId, name: info.name ?? "", isReady: info.status == "LOGGED_MODEL_READY",
      artifactURI: info.artifactUri ?? "")
  }
}

struct LoggedModelAnswer: Decodable {
  let model: LoggedModelRecord
}

struct LoggedModelPage: Decodable {
  let models: [LoggedModelRecord]?
  let nextPageToken: String?
}
