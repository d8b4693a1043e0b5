import LinAlg
import Models
import Testing

struct LaneCurvatureTests {
  /// Adds the curvature of five rows of three features in columns of `columnStride`.
  static func add(elements: Int, from start: Int, columnStride: Int) {
    var curvature = LaneCurvature(free: 1, inputs: 4)
    let weights = [Quad](repeating: Quad(repeating: 1), count: 5)
    curvature.add(
      0, 0, weights: weights.span, [Quad](repeating: Quad(repeating: 1), count: elements),
      from: start, columnStride: columnStride, features: 3)
  }

  @Test func readsAColumnBeyondTheLast() async {
    await #expect(processExitsWith: .success) {
      LaneCurvatureTests.add(elements: 20, from: 0, columnStride: 5)
    }
    await #expect(processExitsWith: .failure) {
      LaneCurvatureTests.add(elements: 19, from: 0, columnStride: 5)
    }
    await #expect(processExitsWith: .failure) {
      LaneCurvatureTests.add(elements: 15, from: 0, columnStride: 5)
    }
  }

  @Test func blocksLieWithinAColumn() async {
    await #expect(processExitsWith: .success) {
      LaneCurvatureTests.add(elements: 32, from: 3, columnStride: 8)
    }
    await #expect(processExitsWith: .failure) {
      LaneCurvatureTests.add(elements: 32, from: 4, columnStride: 8)
    }
    await #expect(processExitsWith: .failure) {
      LaneCurvatureTests.add(elements: 32, from: -1, columnStride: 8)
    }
  }
}
