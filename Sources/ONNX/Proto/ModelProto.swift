/// The content of a file.
///
/// This folder has the part of the ONNX format, IR version 8, that the graphs of this module need, in
/// the names and with the field numbers of `onnx.proto`.
///
/// Source: ONNX, `onnx/onnx.proto` of version 1.12.
struct ModelProto: ProtobufMessage {
  let irVersion: Int
  let producerName: String
  let graph: GraphProto
  let opsetImport: [OperatorSetIdProto]
  let metadataProps: [StringStringEntryProto]

  func write(to fields: inout ProtobufFields) {
    fields.add(1, irVersion)
    fields.add(2, producerName)
    fields.add(7, graph)
    fields.add(8, opsetImport)
    fields.add(14, metadataProps)
  }
}

/// A version of the operators of the default domain.
struct OperatorSetIdProto: ProtobufMessage {
  let version: Int

  func write(to fields: inout ProtobufFields) {
    fields.add(2, version)
  }
}

/// A property of the file.
struct StringStringEntryProto: ProtobufMessage {
  let key: String
  let value: String

  func write(to fields: inout ProtobufFields) {
    fields.add(1, key)
    fields.add(2, value)
  }
}
