import Files
import Foundation
import Testing

/// Exported models, byte for byte.
struct ExportTests {
  /// SHA-256 of the files.
  ///
  /// What swift-protobuf made of the same messages was the same, before graphs said what
  /// their outputs are and bounded features; onnx reads them and finds nothing wrong.
  ///
  /// Softmax learns from features of 0, so that its weights are 0 whichever BLAS fits them.
  @Test(arguments: [
    ("softmax", 0, "31a2f27aa5bc6fa4a8f36eafe32ad48350f819876c6a40ca84b9b63d9881d420"),
    ("linear-svm", 1, "ab766842b862517254a40119979ff15864d1d2eb0eb0fd6c97969d4aed7ebc29"),
    ("rbf-svm", 1, "4dd58d990ebe0045f316c4fd2a926e940649885801270218c88bfab7f1b912ad"),
    ("knn", 1, "c71f8e2a5309c15bfc3e021af791c7f01aacd79c92894af1552ef7967aaa96bf"),
  ])
  func bytesStayAsTheyAre(model: String, scale: Int, digest: String) throws {
    // Names of more than 127 bytes, whose length takes two, and of letters that are not ASCII.
    let classes = ["café", String(repeating: "long ", count: 59) + "long", "日本 \"\"\\"]
    let rows = (0..<45).map { row in
      "\(row * 7 % 11 * scale),\(row * 5 % 13 * scale),\"\(classes[row % 3])\"\n"
    }
    try withTemporaryFolder { folder in
      try folder.write("length,größe,kind\n" + rows.joined(), to: "rows.csv")
      let run = try RunnerProcess(
        [
          "train", "--data", "rows.csv", "--target", "kind", "--model",
          model, "--scaler", "none", "--export", "model.onnx",
        ], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let bytes = try Data(contentsOf: folder.appendingPathComponent("model.onnx"))
      #expect(Digest.hash(Array(bytes)).hexadecimal == digest)
    }
  }
}
