import Files
import Foundation
import Testing

/// Exported models, byte for byte.
struct ExportTests {
  /// SHA-256 of the files that the program wrote when swift-protobuf encoded them.
  ///
  /// Softmax learns from features of 0, so that its weights are 0 whichever BLAS fits them.
  @Test(arguments: [
    ("softmax", 0, "4f5b2cc4d2060e6b6630add54fae313cdccf6f3064835ca405f4e85f7a568dc6"),
    ("linear-svm", 1, "2e17ce573f4914b9429ad07716ca6502031aa62f488f61c0108f114d3ddc6603"),
    ("rbf-svm", 1, "9ae6a0a685b893f9c077b109a28db3f7ac1da162589ce3f8e498395d7f931cba"),
    ("knn", 1, "4a37426acafd9656c9ec0973af2cb17b7893c9bc7116eddac03b3708988d675f"),
  ])
  func bytesAreThoseOfSwiftProtobuf(model: String, scale: Int, digest: String) throws {
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
