import Foundation

/// An answer of which nothing is of interest but that it is a JSON object.
struct EmptyAnswer: Decodable {}

extension RESTClient {
  /// A call with a query, below `/api/2.0/mlflow`.
  ///
  /// - Parameter query: Names and values; a value that is nil is left out.
  func call(get path: String, _ query: KeyValuePairs<String, String?>) -> HTTPCall {
    let pairs = query.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
    return HTTPCall(
      name: path, method: "GET",
      address: "\(root)/api/2.0/mlflow/\(path)?" + pairs.joined(separator: "&"))
  }

  /// A call with a JSON body, below `/api/2.0/mlflow`.
  func call(
    post path: String, by method: String = "POST", _ content: CallBody
  ) throws(TrackingError) -> HTTPCall {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // A bare NaN is taken for 0 by MLflow, without a word.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let body = try? encoder.encode(content) else {
      throw .refused(backEnd: name, call: path, reason: "its content cannot be written as JSON")
    }
    return HTTPCall(
      name: path, method: method, address: "\(root)/api/2.0/mlflow/\(path)", body: body)
  }

  /// Makes a call and reads what it answers.
  func send<Answer: Decodable>(
    _ call: HTTPCall, as type: Answer.Type = Answer.self
  ) throws(TrackingError) -> Answer {
    try send(call) { (answer) throws(TrackingError) in try self.read(answer, to: call) }
  }

  /// Makes a call that answers nothing of interest.
  func send(_ call: HTTPCall) throws(TrackingError) {
    _ = try send(call, as: EmptyAnswer.self)
  }

  /// Reads an answer to a call that has succeeded.
  func read<Answer: Decodable>(
    _ answer: HTTPAnswer, to call: HTTPCall, as type: Answer.Type = Answer.self
  ) throws(TrackingError) -> Answer {
    try check(answer, to: call)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(Answer.self, from: answer.body)
    } catch {
      throw badAnswer(answer, to: call)
    }
  }
}
