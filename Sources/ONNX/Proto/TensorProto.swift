import LinAlg

/// A constant.
struct TensorProto {
  /// The type of its elements.
  enum DataType: Int {
    case int64 = 7
    case string = 8
    case double = 11
  }

  var name = ""

  private let dims: [Int]
  private let dataType: DataType
  private let stringData: [String]
  /// Little-endian.
  private let rawData: [UInt8]

  init(_ numbers: [Double]) {
    self.init(.double, [numbers.count], words: numbers.map(\.bitPattern))
  }

  init(_ matrix: Matrix<Double>) {
    self.init(
      .double, [matrix.rows, matrix.columns], words: matrix.elements.map(\.bitPattern))
  }

  init(scalar number: Double) {
    self.init(.double, [], words: [number.bitPattern])
  }

  init(_ integers: [Int]) {
    self.init(.int64, [integers.count], words: integers.map { UInt64(bitPattern: Int64($0)) })
  }

  init(scalar integer: Int) {
    self.init(.int64, [], words: [UInt64(bitPattern: Int64(integer))])
  }

  init(_ texts: [String]) {
    dataType = .string
    dims = [texts.count]
    stringData = texts
    rawData = []
  }

  private init(_ type: DataType, _ shape: [Int], words: [UInt64]) {
    dataType = type
    dims = shape
    stringData = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 8)
    for word in words {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    rawData = bytes
  }

  var message: ProtobufMessage {
    [
      1: .numbers(dims), 2: .number(dataType.rawValue), 6: .texts(stringData), 8: .text(name),
      9: .bytes(rawData),
    ]
  }
}
