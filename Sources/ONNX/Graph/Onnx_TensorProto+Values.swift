import Foundation
import LinAlg

extension Onnx_TensorProto {
  /// A vector.
  init(_ numbers: [Double]) {
    self.init(.double, [numbers.count], words: numbers.map(\.bitPattern))
  }

  /// A matrix.
  init(_ matrix: Matrix<Double>) {
    self.init(
      .double, [matrix.rows, matrix.columns], words: matrix.elements.map(\.bitPattern))
  }

  /// A number without dimensions.
  init(scalar number: Double) {
    self.init(.double, [], words: [number.bitPattern])
  }

  /// A vector of integers.
  init(_ integers: [Int]) {
    self.init(.int64, [integers.count], words: integers.map { UInt64(bitPattern: Int64($0)) })
  }

  /// An integer without dimensions.
  init(scalar integer: Int) {
    self.init(.int64, [], words: [UInt64(bitPattern: Int64(integer))])
  }

  /// A vector of texts.
  init(_ texts: [String]) {
    self.init()
    dataType = .string
    dims = [Int64(texts.count)]
    stringData = texts.map { Data($0.utf8) }
  }

  private init(_ type: DataType, _ shape: [Int], words: [UInt64]) {
    self.init()
    dataType = type
    dims = shape.map(Int64.init)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 8)
    for word in words {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    rawData = Data(bytes)
  }
}
